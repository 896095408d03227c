extension DocsPage {
  /// One operation: what it is for, what it takes, what it answers, and how to call it.
  func article(_ operation: Operation) -> String {
    var marks = operation.isSecured ? " <span class=\"badge\">credentials</span>" : ""
    if operation.isDeprecated { marks += " <span class=\"badge warning\">deprecated</span>" }
    return """
      <article id="\(operation.id)" aria-labelledby="\(operation.id)-title">
      <h3 id="\(operation.id)-title">\(HTMLText.escaped(operation.summary ?? operation.id))\
       <a class="anchor" href="#\(operation.id)" aria-label="Link to \(operation.id)">#</a></h3>
      <p class="route"><span class="method \(operation.method.rawValue)">\(operation.method.token)</span> \
      <code>\(HTMLText.escaped(operation.path))</code> <span class="id">\(operation.id)</span>\(marks)</p>
      \(HTMLText.blocks(operation.description))\(credentials(operation))\(parameters(operation))\(requestBody(operation))\(responses(operation))\
      <details open><summary>Example</summary>
      <pre><code>\(HTMLText.escaped(curl(operation)))</code></pre>
      \(exampleResponse(operation))</details>
      </article>

      """
  }

  /// What to show for the call, where that is not the same token everywhere.
  private func credentials(_ operation: Operation) -> String {
    guard hasSecurityRules, operation.isSecured else { return "" }
    let ways = operation.security.map { requirement in
      let schemes = requirement.schemes.map { scheme in
        let scopes = scheme.scopes.map { "<code>\(HTMLText.escaped($0))</code>" }.joined(separator: ", ")
        return "<code>\(HTMLText.escaped(scheme.name))</code>" + (scopes.isEmpty ? "" : " with \(scopes)")
      }
      return schemes.isEmpty ? "none" : schemes.joined(separator: " and ")
    }
    return "<p>Credentials: \(ways.joined(separator: ", or ")).</p>\n"
  }

  private func parameters(_ operation: Operation) -> String {
    guard !operation.parameters.isEmpty else { return "" }
    let rows = operation.parameters.map { parameter in
      row(
        name: parameter.name, note: note(of: parameter), type: parameter.type, isNullable: parameter.isNullable,
        isRequired: parameter.isRequired, defaultValue: parameter.defaultValue, description: parameter.description)
    }
    return "<h4>Parameters</h4>\n" + table(rows)
  }

  /// Where the parameter stands, and how it is written where that is not as usual.
  private func note(of parameter: Parameter) -> String {
    let place = parameter.location.rawValue
    switch parameter.encoding {
    case parameter.location.defaultEncoding: return place
    case .json: return "\(place), JSON"
    case .style(let style, let explode): return "\(place), \(style.rawValue)\(explode ? ", exploded" : "")"
    }
  }

  private func requestBody(_ operation: Operation) -> String {
    guard let body = operation.body else { return "" }
    var html = "<h4>Request body\(body.isRequired ? "" : " <small>optional</small>")</h4>\n"
    html += HTMLText.blocks(body.description)
    for content in body.content {
      html += """
        <p><code>\(HTMLText.escaped(content.mediaType))</code>: \(typeName(content.type))\(content.isNullable ? Self.orNull : "")</p>

        """
      if let object = examples.object(content.type) {
        html += table(object.properties.filter { !$0.isReadOnly }.map(row))
      }
    }
    return html
  }

  private func responses(_ operation: Operation) -> String {
    var html = "<h4>Responses</h4>\n<dl class=\"responses\">\n"
    for response in operation.responses {
      html +=
        "<dt><span class=\"status \(response.status.isFailure ? "bad" : "good")\">\(response.status.text)</span></dt><dd>\(HTMLText.inline(response.description))"
      if let content = response.content {
        html += " <span class=\"body\">\(body(content, of: operation))</span>"
      }
      for header in response.headers {
        html += " <span class=\"body\"><code>\(HTMLText.escaped(header.name))</code>: \(typeName(header.type))</span>"
      }
      html += "</dd>\n"
    }
    for response in operation.problemResponses {
      let status = response.status == .any ? "other" : response.status.text
      let codes = response.codes.map { code in
        " <a href=\"#problem-\(HTMLText.anchor(code))\"><code>\(HTMLText.escaped(code))</code></a>"
      }
      html += """
        <dt><span class="status bad">\(status)</span></dt><dd>\(HTMLText.inline(response.description))\
        \(codes.joined())</dd>

        """
    }
    return html + "</dl>\n"
  }

  private static let orNull = " or <code>null</code>"

  private func body(_ content: OperationResponse.Content, of operation: Operation) -> String {
    let mediaType = "<code>\(HTMLText.escaped(content.mediaType))</code>"
    let type = typeName(content.type) + (content.isNullable ? Self.orNull : "")
    switch content.encoding {
    case .bytes: return mediaType
    case .lines: return "\(mediaType): \(type), again and again"
    case .json, .text, .events:
      return (operation.choices.isEmpty ? "" : "\(mediaType): ") + type
    }
  }

  private func curl(_ operation: Operation) -> String {
    var words = ["curl"]
    if operation.method != .get { words.append("-X \(operation.method.token)") }
    words.append("\"$BASE\(DocsPage.shellQuoted(path(operation)))\"")
    var lines = [words.joined(separator: " ")]
    if api.takesToken(operation) { lines.append("-H \"Authorization: Bearer $TOKEN\"") }
    for parameter in operation.parameters where parameter.location == .header && isShown(parameter) {
      lines.append("-H '\(parameter.name): \(text(of: parameter).replacingQuotes)'")
    }
    let cookies = pairs(operation, .cookie)
    if !cookies.isEmpty { lines.append("-b '\(cookies.joined(separator: "; ").replacingQuotes)'") }
    if let content = operation.body?.content.first { lines += curlBody(content) }
    return lines.joined(separator: " \\\n  ")
  }

  private func curlBody(_ content: RequestBody.Content) -> [String] {
    let value = examples.value(of: content.type, example: content.example, for: .request)
    let mediaType = content.mediaType.contains("*") ? [] : ["-H 'Content-Type: \(content.mediaType)'"]
    var members: [DocumentValue.Member] = []
    if case .object(let object) = value { members = object }
    switch content.encoding {
    case .json: return mediaType + ["-d '\(value.prettyJSON.replacingQuotes)'"]
    case .text: return mediaType + ["-d '\(DocsPage.plain(value).replacingQuotes)'"]
    case .binary: return mediaType + ["--data-binary @FILE"]
    case .form:
      return mediaType
        + members.map { "--data-urlencode '\($0.key)=\(DocsPage.plain($0.value).replacingQuotes)'" }
    case .multipart(let form):
      let names = form.files.map(\.name)
      return members.filter { !names.contains($0.key) }
        .map { "-F '\($0.key)=\(DocsPage.plain($0.value).replacingQuotes)'" }
        + names.map { "-F '\($0)=@FILE'" }
    }
  }

  private func exampleResponse(_ operation: Operation) -> String {
    guard let content = operation.responses.first?.content, [.json, .text].contains(content.encoding) else { return "" }
    let value = examples.value(of: content.type, example: content.example, for: .response)
    let text = content.encoding == .json ? value.prettyJSON : DocsPage.plain(value)
    return "<pre><code>\(HTMLText.escaped(text))</code></pre>\n"
  }

  /// Required parameters, and those that the document has an example of.
  private func isShown(_ parameter: Parameter) -> Bool { parameter.isRequired || parameter.example != nil }

  private func text(of parameter: Parameter) -> String {
    ParameterText(parameter: parameter).text(examples.value(of: parameter))
  }

  /// The shown parameters of a place, as `name=text`.
  private func pairs(_ operation: Operation, _ location: Parameter.Location) -> [String] {
    operation.parameters.filter { $0.location == location && isShown($0) }
      .flatMap { ParameterText(parameter: $0).pairs(examples.value(of: $0)) }.map { "\($0.name)=\($0.text)" }
  }

  private func path(_ operation: Operation) -> String {
    let segments = operation.segments.map { segment in
      segment.text { name in
        operation.parameters.first { $0.location == .path && $0.name == name }.map(text) ?? "{\(name)}"
      }
    }
    let query = pairs(operation, .query)
    return "/" + segments.joined(separator: "/") + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
  }

  private static func plain(_ value: DocumentValue) -> String { value.text ?? value.json }

  /// For a place in double quotes of a shell.
  private static func shellQuoted(_ text: String) -> String {
    text.isFree(of: "\\\"$`") ? text : String(text.flatMap { "\\\"$`".contains($0) ? ["\\", $0] : [$0] })
  }
}

extension String {
  /// For a place in single quotes of a shell.
  fileprivate var replacingQuotes: String {
    split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
  }
}
