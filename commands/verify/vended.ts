import type { Acted } from "./act";
import { type Finding, notTried } from "./check";
import type { Credentials } from "./clients";

interface Vended {
  readonly bucket: string;
  readonly prefix: string;
  readonly credentials: Credentials;
}

/** Credentials for the throwaway grant, or what there is to say instead. */
export function vendedOf(acted: Acted | undefined): { readonly vended: Vended } | Finding {
  if (!acted) return notTried("only with --act");
  if ("made" in acted.access) return { vended: acted.access.made };
  return notTried(
    acted.access.failed.includes("NoLocation")
      ? "the deployment has no location of S3 Access Grants"
      : `no grant could be made and used: ${acted.access.failed}`,
  );
}
