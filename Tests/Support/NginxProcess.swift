import Foundation

/// nginx before several servers, as an operator sets it up: requests go to each in turn.
public final class NginxProcess: Sendable {
  public let port: Int
  private let folder: TemporaryFolder
  private let process: ChildProcess

  /// Starts it before servers at some ports, and waits until it serves.
  public init(before ports: [Int]) async throws {
    folder = try TemporaryFolder()
    port = try Loopback.freePort()
    // Buffering is on, as it is by default: what is streamed must ask for its way through.
    try folder.write(
      """
      daemon off;
      worker_processes 1;
      pid \(folder.path)/pid;
      error_log stderr notice;
      events { worker_connections 1024; }
      http {
        access_log off;
        client_body_temp_path \(folder.path)/body;
        proxy_temp_path \(folder.path)/proxy;
        fastcgi_temp_path \(folder.path)/fastcgi;
        uwsgi_temp_path \(folder.path)/uwsgi;
        scgi_temp_path \(folder.path)/scgi;
        gzip on;
        gzip_types *;
        upstream parley {
          \(ports.map { "server 127.0.0.1:\($0);" }.joined(separator: "\n    "))
        }
        server {
          listen 127.0.0.1:\(port);
          location / {
            proxy_pass http://parley;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Connection "";
            add_header X-Server $upstream_addr always;
          }
        }
      }
      """, to: "nginx.conf")
    process = try ChildProcess(
      "/usr/sbin/nginx", ["-c", folder.path + "/nginx.conf", "-p", folder.path],
      environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""], folder: folder.path)
    // It listens before it starts who answers.
    try await process.line(containing: "start worker processes")
  }
}
