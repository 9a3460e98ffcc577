import * as path from "node:path";
import type { Sandbox } from "../index";
import { publishSample } from "./access";
import type { Catalog } from "./approvals";
import { python } from "./clients";

/** Bucket that the data set is loaded from. */
const SAMPLES = "walkthrough-samples";

/** What is there before the product is deployed. */
export interface World {
  readonly catalog: Catalog;
  /** Settings of environments/sandbox.ts that name it. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Makes what a team has before it deploys the product: a catalog with data and people, and a bucket with a data set. */
export async function makeWorld({ env }: Sandbox): Promise<World> {
  const catalog = await python<Catalog>(env, path.join(__dirname, "catalog.py"));
  await publishSample(env, SAMPLES);
  const settings = {
    SANDBOX_DOMAIN_ID: catalog.domain,
    SANDBOX_PUBLISHING_PROJECT_ID: catalog.projects.sales,
    SANDBOX_INBOX_ARN: catalog.inbox.arn,
    SANDBOX_DATASET_BUCKET: SAMPLES,
  };
  return { catalog, settings };
}
