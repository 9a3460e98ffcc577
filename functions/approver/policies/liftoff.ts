import { setFlagsFromString } from "node:v8";

// V8's optimizing compiler would compete with the first decision for the processor and memory, and no process decides
// enough for it to pay (docs/decisions/0002). Must run before the WebAssembly module is compiled.
setFlagsFromString("--liftoff-only");
