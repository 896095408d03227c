"""Serves a model with llama.cpp on a port of 127.0.0.1 that is free, until standard input or the parent goes."""

import os
import sys
import threading
import time

import xllamacpp


def main(path):
    parameters = xllamacpp.CommonParams()
    parameters.model.path = path
    parameters.model_alias = {"random"}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.n_ctx = 4 * 32768
    parameters.n_parallel = 4
    parameters.cpuparams.n_threads = 1
    parameters.cpuparams_batch.n_threads = 1
    parameters.endpoint_metrics = True
    parameters.endpoint_slots = True
    # Every prompt is counted whole.
    parameters.cache_prompt = False
    parameters.cache_ram_mib = 0
    parameters.warmup = False
    server = xllamacpp.Server(parameters)
    print("llama.cpp listening on", server.listening_address, flush=True)
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
