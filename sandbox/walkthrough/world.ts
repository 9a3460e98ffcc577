import * as path from "node:path";
import type { Sandbox } from "../index";
import type { Catalog } from "./approvals";
import { python } from "./clients";

/** Bucket that the data set is loaded from. */
const SAMPLES = "walkthrough-samples";
const SAMPLE = path.resolve(__dirname, "../data/abalone-sample.csv");

/** What account.py set up. */
export interface Account {
  /** ARN of the key for Studio's volumes. */
  readonly key: string;
  /** ARN of the role that a person signs in with, by the user profile. */
  readonly people: Readonly<Record<"userA" | "userB", string>>;
}

/** What is there before the product is deployed. */
export interface World {
  readonly catalog: Catalog;
  readonly account: Account;
  /** Settings of environments/sandbox.ts that name it. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Makes what a team has before it deploys the product: a catalog with data and people, a bucket with a data set, a key. */
export async function makeWorld({ env }: Sandbox): Promise<World> {
  const [catalog, account] = await Promise.all([
    python<Catalog>(env, path.join(__dirname, "catalog.py")),
    python<Account>(env, path.join(__dirname, "account.py"), SAMPLES, SAMPLE),
  ]);
  const settings = {
    SANDBOX_DOMAIN_ID: catalog.domain,
    SANDBOX_PUBLISHING_PROJECT_ID: catalog.projects.sales,
    SANDBOX_INBOX_ARN: catalog.inbox.arn,
    SANDBOX_DATASET_BUCKET: SAMPLES,
    SANDBOX_STUDIO_KEY_ARN: account.key,
  };
  return { catalog, account, settings };
}
