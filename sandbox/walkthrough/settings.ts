import type { Catalog } from "./approvals";

/** Bucket that the data set is loaded from. */
export const SAMPLES = "walkthrough-samples";

/** Settings of environments/sandbox.ts for a catalog. */
export function settingsFor(catalog: Catalog): Readonly<Record<string, string>> {
  return {
    SANDBOX_DOMAIN_ID: catalog.domain,
    SANDBOX_PUBLISHING_PROJECT_ID: catalog.projects.sales,
    SANDBOX_INBOX_ARN: catalog.inbox.arn,
    SANDBOX_DATASET_BUCKET: SAMPLES,
  };
}
