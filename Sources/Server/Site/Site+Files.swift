import Generated

extension Site {
  /// The files of this program, by path.
  static let files: [String: SiteFile] = [
    "/": SiteFile("text/html; charset=utf-8", PackageResources.index_html),
    "/app.js": SiteFile("text/javascript; charset=utf-8", PackageResources.app_js),
    "/style.css": SiteFile("text/css; charset=utf-8", PackageResources.style_css),
    "/docs": SiteFile("text/html; charset=utf-8", Array(Documents.docsPage.utf8)),
    "/docs.css": SiteFile("text/css; charset=utf-8", Array(Documents.docsCSS.utf8)),
    "/openapi.json": SiteFile("application/json", Array(Documents.openAPIJSON.utf8)),
    "/openapi.yaml": SiteFile("application/yaml", Array(Documents.openAPIYAML.utf8)),
    "/client.js": SiteFile("text/javascript; charset=utf-8", Array(Documents.clientJS.utf8)),
    "/client.d.ts": SiteFile("text/plain; charset=utf-8", Array(Documents.clientTypes.utf8)),
  ]
}
