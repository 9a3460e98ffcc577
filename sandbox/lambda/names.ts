import { ACCOUNT } from "../gateway/callers";

export interface FunctionName {
  readonly name: string;
  /** A version, an alias or `$LATEST`. */
  readonly qualifier: string;
}

/** Takes apart what the Lambda API accepts for a function: name, partial ARN or ARN, each with or without a qualifier. */
export function functionName(given: string, qualifier?: string | null): FunctionName {
  const { name = given, own } =
    /^(?:arn:[\w-]+:lambda:[\w-]+:)?(?:\d{12}:)?(?:function:)?(?<name>[\w-]+)(?::(?<own>[\w$-]+))?$/.exec(given)
      ?.groups ?? {};
  return { name, qualifier: own ?? qualifier ?? "$LATEST" };
}

export function functionArn(region: string, { name, qualifier }: FunctionName): string {
  const arn = `arn:aws:lambda:${region}:${ACCOUNT}:function:${name}`;
  return qualifier === "$LATEST" ? arn : `${arn}:${qualifier}`;
}
