import * as http from "node:http";
import type { LookupFunction } from "node:net";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3ControlClient } from "@aws-sdk/client-s3-control";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { STSClient } from "@aws-sdk/client-sts";
import type { World } from "../../commands/studio";
import type { State } from "../../commands/studio/deployment";
import type { Sandbox } from "../../sandbox";
import type { Credentials } from "../sandbox/access-grants/boto";

/** S3 Control's host begins with the account, which no name server knows of the sandbox's. */
const loopback: LookupFunction = (_host, { all }, done) =>
  all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4);

/** What the command `npm run studio` talks to, in a sandbox: the SDK's own clients. */
export function worldIn(sandbox: Sandbox, readState: () => Promise<State>, by?: Credentials): World {
  const { endpoint } = sandbox;
  const credentials = {
    accessKeyId: by?.AccessKeyId ?? "test",
    secretAccessKey: by?.SecretAccessKey ?? "test",
    ...(by && { sessionToken: by.SessionToken }),
  };
  return {
    readState,
    connect: (region) => ({
      studio: new SageMakerClient({ region, endpoint, credentials }),
      s3: new S3ControlClient({
        region,
        credentials,
        endpoint: endpoint.replace("127.0.0.1", "localhost"),
        requestHandler: { httpAgent: new http.Agent({ lookup: loopback }) },
      }),
      iam: new IAMClient({ region, endpoint, credentials }),
      sts: new STSClient({ region, endpoint, credentials }),
    }),
    pause: () => Promise.resolve(),
  };
}
