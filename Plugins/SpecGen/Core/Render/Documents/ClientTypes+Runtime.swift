/// What `client.d.ts` says of the hand-written part of `client.js`.
extension ClientTypes {
  var problem: String {
    let codes = api.problems.map { DocumentValue.jsonString($0.code) + " | " }.joined()
    return """
      /** An answer that tells of a problem (RFC 9457). */
      export declare class ApiProblem extends Error {
        /** The HTTP status; 400 to 599, and 422 for a body that the client did not send. */
        readonly status: number;
        /** Stable; made for programs. `unexpected-response` when the answer was no problem+json. */
        readonly code: ApiProblem.Code;
        readonly title: string;
        /** For people. */
        readonly detail: string;
        /** Every fault of the request; empty unless it was refused as invalid. */
        readonly errors: ReadonlyArray<ApiProblem.Fault>;
        readonly requestId: string | undefined;
        /** Seconds to wait before the next attempt. */
        readonly retryAfter: number | undefined;
        /** The whole problem as it came. */
        readonly problem: Readonly<Record<string, unknown>>;
      }

      export declare namespace ApiProblem {
        /** Those that operations answer by their own decision, and any other. */
        type Code = \(codes)(string & {});

        interface Fault {
          /** `body`, `query`, `path`, `header` or `cookie`. */
          in: string;
          /** A JSON Pointer (RFC 6901) into the body, or `/` and the parameter's name, with the place in its value. */
          pointer: string;
          code: string;
          detail: string;
        }
      }

      """
  }

  var validator: String {
    let members = api.types.map { "  readonly \(ClientNames.member($0.swiftName)): \(name).Validator;\n" }.joined()
    return """
      /** What is wrong with a value, by each schema. */
      export declare const validate: {
      \(members)};

      """
  }

  var settings: String {
    """
      interface Settings {
        /** Where the server is, without a slash at the end; the page's own server by default. */
        baseURL?: string;
        /** The access token that a secured operation sends. */
        token?: () => string | undefined | Promise<string | undefined>;
        /**
         * Called when a secured operation is answered 401; calls that fail together share one call of it. With a new token
         * the operation is sent once more; without one it throws.
         */
        onUnauthorized?: () => Promise<string | undefined>;
        /** Milliseconds for one operation, 60,000 by default; 0 is no limit. */
        timeout?: number;
        /** Whether a JSON body is checked before it is sent; true by default. */
        validate?: boolean;
        /** Sent with every request. */
        headers?: Record<string, string>;
        fetch?: typeof globalThis.fetch;
      }

      interface CallOptions {
        signal?: AbortSignal;
        /** Milliseconds; 0 is no limit. */
        timeout?: number;
        /** Whether a JSON body is checked before it is sent. */
        validate?: boolean;
        headers?: Record<string, string>;
      }

      /**
       * The faults that the server would tell of a value, none when all is well. The value is judged as `JSON.stringify`
       * writes it; as a request's body it must not have members that only the server may write.
       */
      type Validator = (value: unknown, options?: { isRequest?: boolean }) => ApiProblem.Fault[];

    """
  }

  var streamOptions: String {
    """

      /** Of an answer that comes bit by bit; `timeout` is the longest silence. End it by leaving the loop. */
      interface StreamOptions extends CallOptions {
        /**
         * How many attempts in a row to go on after a connection was cut, where the operation takes a `Last-Event-ID`;
         * 5 by default.
         */
        reconnects?: number;
      }

    """
  }
}
