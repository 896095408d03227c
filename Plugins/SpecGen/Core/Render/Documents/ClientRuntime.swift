/// The hand-written part of `client.js`: the same for every API.
enum ClientRuntime {
  static let problem = """
    /** An answer that tells of a problem (RFC 9457). */
    export class ApiProblem extends Error {
      constructor(response, problem) {
        super(problem.detail ?? problem.title ?? `The server answered ${response.status}.`);
        this.name = "ApiProblem";
        this.status = response.status;
        this.code = problem.code ?? "unexpected-response";
        this.title = problem.title ?? response.statusText;
        this.detail = this.message;
        this.errors = problem.errors ?? [];
        this.requestId = problem.request_id ?? response.headers.get("X-Request-Id") ?? undefined;
        const seconds = Number(response.headers.get("Retry-After") ?? NaN);
        this.retryAfter = Number.isNaN(seconds) ? undefined : seconds;
        this.problem = problem;
      }
    }

    """

  static let introduction = """
    /**
     * Every operation is a method of `(input, options)`: `input` holds the parameters by their names in the API, and the
     * request's body as `body`. It resolves to the response's body and throws an `ApiProblem` for every other answer.
     * What the network refuses is fetch's own error; a time-out is a `DOMException` named `TimeoutError`. A JSON body is
     * checked before it is sent: the problem is the server's own, 422, without a request id.
     */

    """

  static let members = """
      #settings;
      #renewal;

      constructor(settings = {}) {
        this.#settings = { baseURL: "", timeout: 60_000, validate: true, ...settings };
      }

    """
    + callMembers

  private static let callMembers = """

      async #call(operation, input = {}, options = {}) {
        const { response, limit } = await this.#exchange(operation, input, options);
        try {
          return await read(response, operation.binary);
        } finally {
          limit.clear();
        }
      }

      /** The answer, whose body is still to come, and the time limit that goes on. */
      async #exchange(operation, input, options) {
        const { token, onUnauthorized, validate } = this.#settings;
        if (options.validate ?? validate) refuseInvalid(operation, input);
        const credentials = operation.secured ? await token?.() : undefined;
        const exchange = await this.#send(operation, input, options, credentials);
        if (exchange.response.status !== 401 || !operation.secured || !onUnauthorized) return exchange;
        const renewed = await this.#renew(credentials);
        if (!renewed) return exchange;
        exchange.limit.end();
        return this.#send(operation, input, options, renewed);
      }

      /** New credentials after a 401: those that another call has got meanwhile, or one renewal for all who wait. */
      async #renew(refused) {
        const { token, onUnauthorized } = this.#settings;
        const current = await token?.();
        if (current && current !== refused) return current;
        this.#renewal ??= Promise.resolve(onUnauthorized()).finally(() => { this.#renewal = undefined; });
        return this.#renewal;
      }

      async #send(operation, input, options, credentials) {
        const settings = this.#settings;
        const headers = new Headers({ Accept: operation.accept ?? "application/json", ...settings.headers, ...options.headers });
        for (const parameter of operation.header ?? []) {
          const text = headerText(parameter, input);
          if (text !== undefined) headers.set(parameter.name ?? parameter, text);
        }
        // Browsers send the cookies that they have, and let no script write this header.
        const cookies = (operation.cookie ?? []).flatMap((parameter) => pairs(parameter, input));
        if (cookies.length) headers.set("Cookie", cookies.join("; "));
        if (credentials) headers.set("Authorization", `Bearer ${credentials}`);
        let body;
        let mediaType;
        if (operation.body && input.body !== undefined) {
          [body, mediaType] = written(operation, input.body);
          if (mediaType) headers.set("Content-Type", mediaType);
        }
        // Without it fetch takes no stream.
        const duplex = body instanceof ReadableStream ? { duplex: "half" } : {};
        const url = settings.baseURL.replace(/\\/+$/, "") + operation.path + query(operation.query ?? [], input);
        const limit = deadline(options.timeout ?? settings.timeout, options.signal);
        try {
          const fetch = settings.fetch ?? globalThis.fetch;
          const response = await fetch(url, { method: operation.method, headers, body, ...duplex, signal: limit.signal });
          return { response, limit };
        } catch (error) {
          limit.clear();
          throw error;
        }
      }

    """

  static let functions = """
    /** One signal for the caller's own and for the time-out in milliseconds. */
    function deadline(timeout, signal) {
      const controller = new AbortController();
      const abort = () => controller.abort(signal.reason);
      if (signal?.aborted) abort();
      signal?.addEventListener("abort", abort, { once: true });
      const late = () => controller.abort(new DOMException(`No answer in ${timeout} ms.`, "TimeoutError"));
      let timer;
      const pause = () => clearTimeout(timer);
      const restart = () => {
        pause();
        if (timeout > 0 && timeout < Infinity) timer = setTimeout(late, timeout);
      };
      const clear = () => {
        pause();
        signal?.removeEventListener("abort", abort);
      };
      /** Closes the connection, if it is still open. */
      const end = () => {
        clear();
        controller.abort();
      };
      restart();
      return { signal: controller.signal, pause, restart, clear, end };
    }

    /** A media type without its parameters. */
    function essence(mediaType) {
      return (mediaType ?? "").split(";")[0].trim().toLowerCase();
    }

    async function read(response, binary = false) {
      if (binary && response.ok) return response.status === 204 ? undefined : response.blob();
      const mediaType = essence(response.headers.get("Content-Type"));
      const isJSON = mediaType === "application/json" || mediaType.endsWith("+json");
      const text = await response.text();
      if (response.ok) {
        if (text === "") return undefined;
        return isJSON ? JSON.parse(text) : text;
      }
      let problem = {};
      try {
        if (isJSON) problem = JSON.parse(text);
      } catch {
        // A broken problem is still a problem: its status says enough.
      }
      throw new ApiProblem(response, problem ?? {});
    }

    """
}
