/// The page at `/docs`: everything that `api.yaml` says to the people who call it. Static HTML, no script, one stylesheet
/// beside it.
struct DocsPage {
  let api: API
  let examples: ExampleValues
  /// Whether operations say themselves what to show.
  let hasSecurityRules: Bool
  private let operations: [String: [Operation]]

  init(_ api: API) {
    self.api = api
    self.examples = ExampleValues(api)
    hasSecurityRules = api.authentication == .rules
    operations = api.operationsByTag
  }

  var html: String {
    let title = HTMLText.escaped("\(api.title) \(api.version)")
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <link rel="stylesheet" href="/docs.css">
      </head>
      <body>
      <a class="skip" href="#content">Skip to the content</a>
      <nav aria-label="Contents">
      \(contents)</nav>
      <main id="content">
      <header>
      <h1>\(HTMLText.escaped(api.title)) <small>\(HTMLText.escaped(api.version))</small></h1>
      \(api.summary.map { "<p class=\"lead\">\(HTMLText.inline($0))</p>\n" } ?? "")\(HTMLText.blocks(api.description))\
      \(links)</header>
      \(authentication)\(api.tags.map(section).joined())\(problems)\(schemas)</main>
      </body>
      </html>

      """
  }

  private var links: String {
    """
    <p class="links"><a href="/openapi.json">openapi.json</a> <a href="/openapi.yaml">openapi.yaml</a> \
    <a href="/client.js">client.js</a> <a href="/client.d.ts">client.d.ts</a></p>

    """
  }

  private var contents: String {
    var html = "<p><a href=\"#content\"><strong>\(HTMLText.escaped(api.title))</strong></a></p>\n"
    for tag in api.tags {
      html += "<h2><a href=\"#tag-\(HTMLText.anchor(tag.name))\">\(HTMLText.escaped(tag.name))</a></h2>\n<ul>\n"
      for operation in operations[tag.name] ?? [] {
        html += """
          <li><a href="#\(operation.id)"><span class="method \(operation.method.rawValue)">\(operation.method.token)\
          </span> \(HTMLText.escaped(operation.summary ?? operation.path))</a></li>

          """
      }
      html += "</ul>\n"
    }
    html += "<h2><a href=\"#schemas\">Schemas</a></h2>\n<ul>\n"
    for name in api.types.map(\.swiftName) + api.events.map(\.swiftName) {
      html += "<li><a href=\"#schema-\(name)\">\(name)</a></li>\n"
    }
    return html + "</ul>\n"
  }

  private var authentication: String {
    guard case .object(let schemes)? = api.document["components"]?["securitySchemes"], !schemes.isEmpty else {
      return ""
    }
    var html = "<section id=\"authentication\">\n<h2>Credentials</h2>\n"
    for scheme in schemes {
      let words = [scheme.value["type"], scheme.value["scheme"], scheme.value["bearerFormat"]].compactMap { $0?.text }
      html +=
        "<h3>\(HTMLText.escaped(scheme.key)) <small>\(HTMLText.escaped(words.joined(separator: " ")))</small></h3>\n"
      html += HTMLText.blocks(scheme.value["description"]?.text)
    }
    return html + """
      <p>Operations with the mark <span class="badge">credentials</span> need it. In the examples, <code>$BASE</code> \
      stands for the address of the server and <code>$TOKEN</code> for the credentials.</p>
      </section>

      """
  }

  private func section(_ tag: Tag) -> String {
    """
    <section id="tag-\(HTMLText.anchor(tag.name))">
    <h2>\(HTMLText.escaped(tag.name))</h2>
    \(HTMLText.blocks(tag.description))\((operations[tag.name] ?? []).map(article).joined())</section>

    """
  }

  private var problems: String {
    guard !api.problems.isEmpty else { return "" }
    var html = """
      <section id="problems">
      <h2>Problems</h2>
      <p>Every error is <code>application/problem+json</code> (RFC 9457) with <code>type</code>, <code>title</code>, \
      <code>status</code>, <code>detail</code>, a stable <code>code</code> and the <code>request_id</code>. A request that \
      breaks constraints lists each of them in <code>errors</code>: where it is (<code>in</code>), a JSON Pointer \
      (<code>pointer</code>), a <code>code</code> and a <code>detail</code>.</p>
      <p>These codes are answers of an operation's own.</p>
      <div class="table"><table>
      <thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
      <tbody>

      """
    for problem in api.problems {
      html += """
        <tr id="problem-\(HTMLText.anchor(problem.code))"><th scope="row"><code>\(HTMLText.escaped(problem.code))</code>\
        </th><td>\(problem.status)</td><td>\(HTMLText.inline(problem.detail))</td></tr>

        """
    }
    return html + "</tbody>\n</table></div>\n</section>\n"
  }

  private var schemas: String {
    guard !api.types.isEmpty || !api.events.isEmpty else { return "" }
    return "<section id=\"schemas\">\n<h2>Schemas</h2>\n" + api.types.map(schema).joined()
      + api.events.map(events).joined() + "</section>\n"
  }
}
