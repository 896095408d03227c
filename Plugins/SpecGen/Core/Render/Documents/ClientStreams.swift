/// The hand-written part of `client.js` for answers that come bit by bit; there when an operation has one.
enum ClientStreams {
  static let members = """

      /**
       * The events of an answer. A connection that is cut is made again where the operation can go on after an event
       * (`Last-Event-ID`), after the time that the server asks for, longer with every attempt in a row.
       */
      async *#events(operation, input = {}, options = {}) {
        const reader = new EventReader(operation.events);
        for (let attempts = 0; ; ) {
          try {
            const resumed = reader.lastEventId ? { ...input, [operation.resumes]: reader.lastEventId } : input;
            for await (const text of this.#pieces(operation, resumed, options)) {
              for (const event of reader.push(text)) {
                attempts = 0;
                yield event;
              }
            }
            return;
          } catch (error) {
            const canResume = operation.resumes && reader.lastEventId && attempts < (options.reconnects ?? 5);
            if (!canResume || options.signal?.aborted || !isTransient(error)) throw error;
            const pause = error.retryAfter ? error.retryAfter * 1000 : Math.min(reader.retry * 2 ** attempts, 30_000);
            attempts += 1;
            await wait(pause, options.signal);
            reader.restart();
          }
        }
      }

      /** The items of an answer, a JSON text on each line or after each record separator (RFC 7464). */
      async *#items(operation, input = {}, options = {}) {
        let rest = "";
        for await (const text of this.#pieces(operation, input, options)) {
          const lines = (rest + text).split(/[\\n\\x1e]/);
          rest = lines.pop();
          for (const line of lines) {
            if (line.trim()) yield JSON.parse(line);
          }
        }
        if (rest.trim()) yield JSON.parse(rest);
      }

      /** The text of an answer as it comes. The time-out is for the longest silence. */
      async *#pieces(operation, input, options) {
        const { response, limit } = await this.#exchange(operation, input, options);
        try {
          if (!response.ok) await read(response);
          if (response.status === 204) return;
          const mediaType = essence(response.headers.get("Content-Type"));
          if (mediaType !== essence(operation.accept)) throw new ApiProblem(response, {});
          const decoder = new TextDecoder();
          const body = response.body.getReader();
          for (;;) {
            limit.restart();
            const { done, value } = await body.read();
            limit.pause();
            const text = decoder.decode(value, { stream: !done });
            if (text) yield text;
            if (done) return;
          }
        } finally {
          limit.end();
        }
      }

    """

  static let functions = """
    /** Reads `text/event-stream` (WHATWG HTML §9.2.6), wherever it is cut. Events of other names are passed over. */
    class EventReader {
      lastEventId = "";
      /** Milliseconds before the next attempt. */
      retry = 1000;
      #kinds;

      /** `kinds`: whether the data of an event is "json" or "text", by its name. */
      constructor(kinds) {
        this.#kinds = kinds;
        this.restart();
      }

      /** Forgets what came of an event that was cut. */
      restart() {
        this.rest = "";
        this.isAfterReturn = false;
        this.begin();
      }

      begin() {
        this.name = "message";
        this.data = [];
        this.id = this.lastEventId;
      }

      /** The events that end in a piece of text. */
      push(text) {
        if (this.isAfterReturn && text[0] === "\\n") text = text.slice(1);
        this.isAfterReturn = text.endsWith("\\r");
        const lines = (this.rest + text).split(/\\r\\n|\\n|\\r/);
        this.rest = lines.pop();
        return lines.flatMap((line) => (line === "" ? this.end() : this.field(line)));
      }

      field(line) {
        const colon = line.indexOf(":");
        const name = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
        if (name === "event") this.name = value || "message";
        if (name === "data") this.data.push(value);
        if (name === "id" && !value.includes("\\0")) this.id = value;
        if (name === "retry" && /^[0-9]+$/.test(value)) this.retry = Number(value);
        return [];
      }

      end() {
        const { name, data, id } = this;
        this.lastEventId = id;
        this.begin();
        const kind = Object.hasOwn(this.#kinds, name) ? this.#kinds[name] : undefined;
        if (data.length === 0 || !kind) return [];
        const text = data.join("\\n");
        return [{ event: name, data: kind === "json" ? JSON.parse(text) : text, id }];
      }
    }

    /** Whether another attempt may go better: the network failed, or the server was busy. */
    function isTransient(error) {
      if (error instanceof ApiProblem) return error.status === 429 || error.status >= 500;
      return !(error instanceof SyntaxError);
    }

    function wait(milliseconds, signal) {
      return new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer);
          reject(signal.reason);
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener("abort", stop);
          resolve();
        }, milliseconds);
        signal?.addEventListener("abort", stop, { once: true });
      });
    }

    """
}
