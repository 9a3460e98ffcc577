import { pythonEnv } from "../../../scripts/python-env";
import buildBundles from "./bundles";

/** Before the first test of a run: what the sandbox starts, so that no test waits, or times out, while it is installed. */
export default async (): Promise<void> => {
  await buildBundles();
  await pythonEnv();
};
