import type { AccessGrantsProps } from "../access-grants/access-grants";
import { given, keep } from "../hosting";
import type { Resolved } from "../inputs";
import type { studioAccessProps } from "./props";

/** The one location that grants are given in: the data bucket. */
export const dataLocation = (
  bucketName: string,
  { dataKey, maxSessionDuration }: Pick<Resolved<typeof studioAccessProps>, "dataKey" | "maxSessionDuration">,
): AccessGrantsProps["locations"][string] => ({
  scope: `s3://${bucketName}`,
  kmsKeys: keep({ data: dataKey! }, (key) => given(key)),
  maxSessionDuration,
});
