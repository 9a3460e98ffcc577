import "./liftoff";

export * from "@cedar-policy/cedar-wasm/nodejs";
