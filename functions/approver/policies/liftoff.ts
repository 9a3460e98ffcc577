import { setFlagsFromString } from "node:v8";

// V8's optimizing compiler would compete with the first decision for the processor and memory, and no process decides
// enough for it to pay (docs/decisions/0002). Must run before the WebAssembly module is compiled.
setFlagsFromString("--liftoff-only");
// V8 11.3 (Node.js 20) can end the process when it gives up optimized code in a call into WebAssembly that it has inlined.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");
