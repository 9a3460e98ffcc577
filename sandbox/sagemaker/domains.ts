import { randomBytes } from "node:crypto";
import type { Surroundings } from "../service";
import { Ec2 } from "./ec2";
import { SageMakerError } from "./errors";
import type { Homes } from "./home";
import { type Fields, listed, picked } from "./records";
import { type Answers, IN_SERVICE, inUse, type State } from "./state";

/** Domains of SageMaker Studio, each with its home file system. */
export function domainOperations(state: State, homes: Homes, surroundings: Surroundings): Answers {
  const { model, domains, profiles, spaces, apps, arn } = state;
  const ec2 = new Ec2(surroundings);
  return {
    CreateDomain: async (input, region) => {
      const DomainId = `d-${randomBytes(6).toString("hex")}`;
      const DomainArn = arn(region, `domain/${DomainId}`);
      const Url = `https://${DomainId}.studio.${region}.sagemaker.aws`;
      const { vpcId, subnetIds } = await checkedNetwork(input, ec2);
      if (domains.all({ DomainName: input["DomainName"] }).length > 0) {
        throw new SageMakerError("ResourceInUse", `A domain named ${input["DomainName"]} exists already.`);
      }
      const kmsKeyId = (input["KmsKeyId"] ?? input["HomeEfsFileSystemKmsKeyId"]) as string | undefined;
      const hasHome = input["HomeEfsFileSystemCreation"] !== "Disabled" && vpcId !== undefined;
      const home = hasHome
        ? await homes.create({
            domainId: DomainId,
            domainArn: DomainArn,
            vpcId,
            subnetIds,
            ...(kmsKeyId && { kmsKeyId }),
          })
        : undefined;
      domains.create(DomainArn, {
        AppNetworkAccessType: "PublicInternetOnly",
        TagPropagation: "DISABLED",
        ...input,
        ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId, HomeEfsFileSystemKmsKeyId: kmsKeyId }),
        DomainId,
        DomainArn,
        Url,
        ...(home && { HomeEfsFileSystemId: home.fileSystemId }),
        ...IN_SERVICE,
      });
      return { DomainArn, DomainId, Url };
    },
    DescribeDomain: (input) => picked(model, "DescribeDomainResponse", domains.get(input).fields),
    UpdateDomain: ({ DomainSettingsForUpdate, ...input }) => {
      const domain = domains.get(input);
      const settings = { ...(domain.fields["DomainSettings"] as Fields), ...(DomainSettingsForUpdate as Fields) };
      domains.update(domain, { ...input, ...(DomainSettingsForUpdate !== undefined && { DomainSettings: settings }) });
      return { DomainArn: domain.arn };
    },
    DeleteDomain: async (input) => {
      const domain = domains.get(input);
      const { DomainId } = domain.fields;
      for (const records of [profiles, spaces, apps]) {
        if (records.all({ DomainId }).length > 0) {
          throw inUse("Domain", domain, `${records.kind}(s) are associated with it`);
        }
      }
      domains.delete(domain);
      const policy = input["RetentionPolicy"] as { HomeEfsFileSystem?: string } | undefined;
      if (policy?.HomeEfsFileSystem === "Delete") await homes.delete(String(DomainId));
      return {};
    },
    ListDomains: (input) => {
      const { entries, ...rest } = listed(model, "DomainDetails", domains.all(), input);
      return { Domains: entries, ...rest };
    },
  };
}

/** @throws SageMakerError ValidationException where a subnet is not in the VPC */
async function checkedNetwork(input: Fields, ec2: Ec2): Promise<{ vpcId: string | undefined; subnetIds: string[] }> {
  const vpcId = input["VpcId"] as string | undefined;
  const subnetIds = (input["SubnetIds"] ?? []) as string[];
  if (vpcId === undefined || subnetIds.length === 0) {
    throw new SageMakerError("ValidationException", "A domain needs a VpcId and at least one of SubnetIds.");
  }
  for (const subnetId of subnetIds) {
    if ((await ec2.vpcOf(subnetId)) !== vpcId) {
      throw new SageMakerError("ValidationException", `The subnet ${subnetId} is not in the VPC ${vpcId}.`);
    }
  }
  return { vpcId, subnetIds };
}
