"""Makes a model of the Llama architecture with random weights, small enough to be made in every checkout.

It says nothing sensible, and behaves as a model does: it has a tokenizer, a chat template, a context, counts of its
own, and an end that comes by chance.
"""

import sys

import gguf
import numpy

WIDTH = 64
HEADS = 4
LAYERS = 2
CONTEXT = 32768

# Answers are made of these; some take several bytes, and some several characters of the user.
WORDS = (
    "the sea remembers every name that was written on sand and no wind asks why it should forget them 水 は 流れ る "
    "naïve café Straße Ελλάδα привет 😀 👩‍🚀 tide, salt; moon. bread? light! a b c d e f g"
).split()

CONTROL, NORMAL, BYTE = gguf.TokenType.CONTROL, gguf.TokenType.NORMAL, gguf.TokenType.BYTE
END = 2

TEMPLATE = (
    "{% for message in messages %}{{ message.role }}: {{ message.content }}\n{% endfor %}"
    "{% if add_generation_prompt %}assistant:{% endif %}"
)


def vocabulary():
    tokens = [("<unk>", gguf.TokenType.UNKNOWN), ("<s>", CONTROL), ("</s>", CONTROL)]
    tokens += [(f"<0x{byte:02X}>", BYTE) for byte in range(256)]
    tokens += [("▁" + word, NORMAL) for word in WORDS]
    return tokens


def main(path):
    random = numpy.random.default_rng(7)
    tokens = vocabulary()

    def matrix(rows, columns):
        return random.normal(0, 0.3, (rows, columns)).astype(numpy.float32)

    # The first number of every embedding is large, and so is that of every state: what an output weighs it with is how
    # likely the token is at all. Bytes never come, an answer ends after some tens of words.
    embeddings, output = matrix(len(tokens), WIDTH), matrix(len(tokens), WIDTH)
    embeddings[:, 0] = 20
    for index, (_, kind) in enumerate(tokens):
        output[index, 0] = 1 if kind == NORMAL else -5
    output[END] = 0
    output[END, 0] = 1.2

    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("random")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(2 * WIDTH)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([token for token, _ in tokens])
    writer.add_token_scores([0.0 if kind == NORMAL else -1e4 for _, kind in tokens])
    writer.add_token_types([kind for _, kind in tokens])
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(END)
    writer.add_chat_template(TEMPLATE)

    ones = numpy.ones(WIDTH, numpy.float32)
    writer.add_tensor("token_embd.weight", embeddings)
    writer.add_tensor("output.weight", output)
    writer.add_tensor("output_norm.weight", ones)
    for layer in range(LAYERS):
        for name, rows, columns in [
            ("attn_q", WIDTH, WIDTH), ("attn_k", WIDTH, WIDTH), ("attn_v", WIDTH, WIDTH), ("attn_output", WIDTH, WIDTH),
            ("ffn_gate", 2 * WIDTH, WIDTH), ("ffn_up", 2 * WIDTH, WIDTH), ("ffn_down", WIDTH, 2 * WIDTH),
        ]:
            writer.add_tensor(f"blk.{layer}.{name}.weight", matrix(rows, columns))
        writer.add_tensor(f"blk.{layer}.attn_norm.weight", ones)
        writer.add_tensor(f"blk.{layer}.ffn_norm.weight", ones)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main(sys.argv[1])
