import Testing

@testable import AIClient

extension UpstreamModelTests {
  @Test("A bare /generate finds out that the server is vLLM, which fails at any other body, and remembers it")
  func detection() async throws {
    let upstream = try await ModelServer.start("--only", "vllm")
    let model = try await model(.unknown, at: upstream.address)
    #expect(try await model.reply(to: prompt("one")).text == "echo: one")
    #expect(try await model.reply(to: prompt("two")).text == "echo: two")
    let tgi = try await self.model(.tgi, at: upstream.address)
    #expect(await failure(tgi, prompt("three"))?.code == .upstreamStatus(500))
  }

  @Test("A failure of text-generation-inference's own is told as that, though the server was not known yet")
  func failureBeforeDetection() async throws {
    let upstream = try await ModelServer.start("--only", "tgi")
    let model = try await model(.unknown, at: upstream.address)
    #expect(await failure(model, prompt("[fault:500] one"))?.code == .upstreamStatus(500))
    #expect(try await model.reply(to: prompt("two")).text == "echo: two")
    #expect(await failure(model, prompt("[fault:500] three"))?.code == .upstreamStatus(500))
  }
}
