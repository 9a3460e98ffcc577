import { buildFunctions } from "../../../functions/build";

/** Before the first test of a run: the bundles of the functions as they are now, which modules and packages ship. */
export default async (): Promise<void> => void (await buildFunctions());
