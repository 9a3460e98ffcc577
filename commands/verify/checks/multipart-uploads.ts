import { ListMultipartUploadsCommand } from "@aws-sdk/client-s3";
import { type Check, asExpected, differs } from "../check";
import { vendedOf } from "../vended";
import { statusOfError } from "./access-grants-edge";

export const multipartUploads: Check = {
  id: "multipart-uploads",
  asks: "whether credentials for a prefix list uploads in parts of that prefix only",
  run: async ({ aws, acted }) => {
    const found = vendedOf(acted);
    if ("outcome" in found) return found;
    const { bucket: Bucket, prefix, credentials } = found.vended;
    const s3 = aws.s3(credentials);
    const listed = async (Prefix: string): Promise<number | undefined> =>
      await s3
        .send(new ListMultipartUploadsCommand({ Bucket, Prefix }))
        .then(({ $metadata }) => $metadata.httpStatusCode, statusOfError);
    const [within, beyond] = [await listed(`${prefix}/`), await listed("")];
    const seen = `within the prefix ${within}, of the whole bucket ${beyond}`;
    return (within === 200 && beyond === 403 ? asExpected : differs)(seen);
  },
};
