import Testing

@testable import AIClient

/// A streamed answer of each dialect, and what it says.
struct StreamSample: Sendable, CustomTestStringConvertible {
  var name: String
  var dialect: any Dialect
  var body: String
  var events: [ModelEvent]

  var testDescription: String { name }

  static let prompt = ChatPrompt(messages: [ChatMessage(role: .user, content: "Hi 👋")])

  static let openAI = StreamSample(
    name: "OpenAI", dialect: OpenAIDialect(),
    body: """
      data: {"model":"gpt-4.1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

      data: {"model":"gpt-4.1","choices":[{"index":0,"delta":{"content":"Grüße"},"finish_reason":null}]}

      data: {"model":"gpt-4.1","choices":[{"index":0,"delta":{"content":" 👋"},"finish_reason":null}]}

      data: {"model":"gpt-4.1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: {"model":"gpt-4.1","choices":[],"usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29}}

      data: [DONE]


      """,
    events: [
      .text("Grüße"), .text(" 👋"), .usage(TokenCount(prompt: 19, completion: 10, source: .provider)),
      .finished(.stop, model: "gpt-4.1"),
    ])

  static let anthropic = StreamSample(
    name: "Anthropic", dialect: AnthropicDialect(),
    body: """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],\
      "model":"claude-4","stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":25,"output_tokens":1}}}

      event: content_block_start
      data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

      event: ping
      data: {"type": "ping"}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm."}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüße"}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" 👋"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":0}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":15}}

      event: message_stop
      data: {"type":"message_stop"}


      """,
    events: [
      .usage(TokenCount(prompt: 25, completion: 1, source: .estimated)), .text("Grüße"), .text(" 👋"),
      .usage(TokenCount(prompt: 25, completion: 15, source: .provider)), .finished(.stop, model: "claude-4"),
    ])

  static let ollama = StreamSample(
    name: "Ollama", dialect: OllamaDialect(),
    body: """
      {"model":"llama3.2","created_at":"2023-08-04T08:52:19Z","message":{"role":"assistant","content":"Grüße"},"done":false}
      {"model":"llama3.2","created_at":"2023-08-04T08:52:19Z","message":{"role":"assistant","content":" 👋"},"done":false}
      {"model":"llama3.2","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",\
      "total_duration":4883583458,"prompt_eval_count":26,"eval_count":282}

      """,
    events: [
      .text("Grüße"), .text(" 👋"), .usage(TokenCount(prompt: 26, completion: 282, source: .provider)),
      .finished(.stop, model: "llama3.2"),
    ])

  static let tgi = StreamSample(
    name: "text-generation-inference", dialect: TGIDialect(),
    body: """
      data:{"index":1,"token":{"id":1,"text":" Grüße","logprob":-0.1,"special":false},"generated_text":null,"details":null}

      data:{"index":2,"token":{"id":2,"text":" ","logprob":-0.1,"special":false},"generated_text":null,"details":null}

      data:{"index":3,"token":{"id":3,"text":"👋","logprob":-0.1,"special":false},"generated_text":null,"details":null}

      data:{"index":4,"token":{"id":4,"text":"\\nUs","logprob":-0.1,"special":false},"generated_text":null,"details":null}

      data:{"index":5,"token":{"id":4,"text":"er:","logprob":-0.1,"special":false},"generated_text":null,"details":null}

      data:{"index":6,"token":{"id":5,"text":"</s>","logprob":-0.1,"special":true},"generated_text":" Grüße 👋\\nUser:",\
      "details":{"finish_reason":"stop_sequence","generated_tokens":6,"input_length":9,"seed":null}}


      """,
    events: [
      .text("Grüße"), .text(" 👋"), .usage(TokenCount(prompt: 9, completion: 6, source: .provider)),
      .finished(.stop, model: nil),
    ])

  static let vllm = StreamSample(
    name: "vLLM", dialect: VLLMDialect(),
    body: """
      {"text": ["User: Hi \\ud83d\\udc4b\\nAssistant: Gr\\u00fc\\u00dfe"]}
      {"text": ["User: Hi \\ud83d\\udc4b\\nAssistant: Gr\\u00fc\\u00dfe \\ud83d\\udc4b"]}
      {"text": ["User: Hi \\ud83d\\udc4b\\nAssistant: Gr\\u00fc\\u00dfe \\ud83d\\udc4b\\n"]}

      """,
    events: [.text("Grüße"), .text(" 👋"), .finished(.stop, model: nil)])

  static let all = [openAI, anthropic, ollama, tgi, vllm]
}
