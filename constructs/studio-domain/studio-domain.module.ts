import { bucketFindings } from "../publishing/accepted";
import { defineModule } from "../publishing/module";
import { studioDomainInputs, type StudioDomainProps } from "./props";
import { StudioDomain } from "./studio-domain";

export default defineModule<StudioDomainProps>({
  name: "studio-domain",
  summary: "A SageMaker Studio domain whose people get to data by S3 Access Grants only",
  construct: StudioDomain,
  inputs: studioDomainInputs,
  readme: {
    about: `A domain in your VPC, a user profile for each person, and a role for each profile. The roles may ask S3 Access Grants for
credentials, run processing jobs as themselves, and keep scripts and event logs in a folder of a scratch bucket; they have no access
to data of their own. Give the roles' ARNs to access-grants as grantees.`,
    promises: [
      "A profile's role has no access to any bucket but its folder of the scratch bucket.",
      "Roles can be passed to SageMaker by themselves only, and people change their own spaces only.",
      "Jobs run in the network only. A profile's role starts, describes and stops jobs whose names begin with the profile, and reads their logs and Studio's of the profile, no others.",
      "Jobs run images of this account and of named accounts only; the key is used through AWS services only.",
      "The home file system is mounted for nobody who does not ask for it.",
      "CloudTrail shows who worked with a role (source identity).",
      "Studio runs in VPC-only mode.",
      "The scratch bucket is TLS only, encrypted, versioned, never public.",
    ],
    permissions: [
      {
        actions: ["sagemaker:*Domain*", "sagemaker:*Space*", "sagemaker:*Tags", "sagemaker:*UserProfile*"],
        purpose: "the domain, profiles and spaces",
      },
      { actions: ["iam:*Role", "iam:*RolePolicy", "iam:List*", "iam:PassRole"], purpose: "the roles" },
      { actions: ["s3:*Bucket*", "s3:*Configuration", "s3:Get*", "s3:List*"], purpose: "the scratch bucket" },
      { actions: ["elasticfilesystem:*", "ec2:Describe*", "ec2:*NetworkInterface*"], purpose: "the home directories" },
    ],
    notes: [
      "Whoever may make presigned URLs of every profile (`sagemaker:CreatePresignedDomainUrl` on `*`) is every persona: give people who sign in by IAM the policy of their own profile, an entry of the output `sign_in_policies`, and nothing broader.",
      "Names of jobs begin with the profile and a hyphen (`userA-…`): what names jobs by itself, as SageMaker's SDK does, is denied CreateProcessingJob until it is told to (`base_job_name`). Logs of a space are written where the space's name begins so too, or is the profile's.",
      "Lists show names of others' jobs' log streams, spaces and profiles, because AWS cannot narrow lists; what is in them they do not show.",
      "Destroy deletes the home directories, unless `home_file_system` is `Retain`; what runs in spaces has to be stopped first.",
      "SageMaker makes security groups for the home directories' traffic (`security-group-for-…-nfs-<domain>`) that Terraform does not know; left behind, they keep a VPC from being deleted.",
    ],
  },
  accepted: [
    ...bucketFindings("scratch", "The caller's key is used where one is given, a key that S3 manages otherwise"),
  ],
  samples: {
    network: [{ vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] }],
    "network.subnetIds": [["subnet-1"]],
    "network.securityGroupIds": [["sg-1"]],
  },
});
