import { ApiError } from "../datazone/errors";
import { type ServiceModel, serviceModel } from "../datazone/model";
import { awsError } from "../errors";
import type { Call, Reply, Service, Surroundings } from "../service";
import { DataAccess } from "./data-access";
import { rememberContext } from "./directory";
import { AccessGrantsError } from "./errors";
import { Hierarchy } from "./hierarchy";
import { Iam } from "./iam";
import { operations } from "./operations";
import { parseInput, toReply } from "./rest-xml";
import { sessionsOf } from "./sessions";

/**
 * S3 Access Grants, which moto lacks: the instances, locations and grants of S3 Control, and GetDataAccess, whose
 * credentials the S3 service confines to what was granted.
 */
export function accessGrants(surroundings: Surroundings): Service {
  const { account, now, moto } = surroundings;
  const sessions = sessionsOf(surroundings);
  const iam = new Iam(surroundings);
  const answers = operations(new Hierarchy(iam, account, now), new DataAccess(iam, sessions, surroundings), sessions);
  let model: Promise<ServiceModel> | undefined;

  return {
    async handle(call: Call): Promise<Reply | undefined> {
      const answer = answers[call.operation];
      const isOurs = call.service === "s3" && call.path.startsWith("/v20180820/") && answer !== undefined;
      const isOtherTag = call.path.startsWith("/v20180820/tags/") && !call.path.includes("access-grants");
      if (!isOurs || isOtherTag) return await rememberContext(call, sessions, moto);
      model ??= serviceModel("s3control/2018-08-20");
      const known = await model;
      const operation = known.operations[call.operation];
      if (operation === undefined) return undefined;
      try {
        const input = parseInput(known, operation, call);
        const place = { account: call.headers["x-amz-account-id"] ?? account, region: call.region };
        return toReply(known, operation, (await answer({ input, place, caller: call.caller })) ?? {});
      } catch (error) {
        if (error instanceof ApiError) return awsError(call, 400, "InvalidRequest", error.message);
        if (error instanceof AccessGrantsError) return awsError(call, error.status, error.code, error.message);
        throw error;
      }
    },
  };
}
