import { randomBytes } from "node:crypto";
import type { Surroundings } from "../service";
import { arnOf } from "./access";
import type { Behaviour } from "./behaviour";
import { Ec2 } from "./ec2";
import { SageMakerError } from "./errors";
import type { Homes } from "./home";
import { NAMES } from "./names";
import { type Fields, type Item, listed, picked } from "./records";
import { type Answers, IN_SERVICE, inUse, type State } from "./state";

/** Domains of SageMaker Studio, each with its home file system. */
export function domainOperations(
  state: State,
  homes: Homes,
  surroundings: Surroundings,
  behaviour: Behaviour,
): Answers {
  const { model, domains, profiles, spaces, apps } = state;
  const ec2 = new Ec2(surroundings);
  return {
    CreateDomain: async (input, region) => {
      const DomainId = `d-${randomBytes(6).toString("hex")}`;
      const DomainArn = arnOf(region, NAMES.Domain({ DomainId }));
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
    UpdateDomain: async ({ DomainSettingsForUpdate, ...input }) => {
      const domain = domains.get(input);
      const { VpcId = domain.fields["VpcId"], SubnetIds } = input;
      if (input["AppNetworkAccessType"] === "VpcOnly" && behaviour.vpcOnlyWithoutVpc === "refused") {
        if (input["VpcId"] === undefined || SubnetIds === undefined) {
          const message = "VpcId and Subnet IDs are required for updating domains to VpcOnly mode.";
          throw new SageMakerError("ValidationException", message);
        }
      }
      if (SubnetIds !== undefined) await checkedNetwork({ VpcId, SubnetIds }, ec2);
      checkNoApps(state, domain, input);
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

/**
 * Network access changes, and subnets go, only while nothing runs, as UpdateDomain's documentation says.
 * @throws SageMakerError ResourceInUse
 */
function checkNoApps({ apps }: State, domain: Item, input: Fields): void {
  const { AppNetworkAccessType: access, DomainId, SubnetIds: subnets } = domain.fields;
  const wanted = (input["SubnetIds"] ?? subnets) as string[];
  const isNarrower = (subnets as string[]).some((subnet) => !wanted.includes(subnet));
  if (!isNarrower && (input["AppNetworkAccessType"] ?? access) === access) return;
  if (apps.all({ DomainId }).length > 0) {
    throw new SageMakerError("ResourceInUse", `Unable to update Domain [${domain.arn}] while App(s) are in service.`);
  }
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
