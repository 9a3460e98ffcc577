/**
 * What S3 Access Grants refuses a request with
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#S3AccessGrantsErrorCodeList).
 */
export class AccessGrantsError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const DOCUMENTED = {
  AccessGrantAlreadyExists: [409, "The specified access grant already exists"],
  AccessGrantsInstanceAlreadyExists: [409, "Access Grants Instance already exists"],
  AccessGrantsInstanceNotEmptyError: [400, "Please clean up locations before deleting the access grants instance"],
  AccessGrantsInstanceNotExistsError: [404, "Access Grants Instance does not exist"],
  AccessGrantsInstanceResourcePolicyNotExists: [404, "Access Grants Instance Resource Policy does not exist"],
  AccessGrantsLocationAlreadyExistsError: [409, "The specified access grants location already exists"],
  AccessGrantsLocationNotEmptyError: [400, "Please clean up access grants before deleting access grants location"],
  AccessGrantsLocationsQuotaExceededError: [
    409,
    "The access grants location quota has been exceeded. Access Grants Locations Quota: 1000. " +
      "Please reach out to S3 if an increase is required.",
  ],
  AccessGrantsQuotaExceededError: [
    409,
    "The access grants quota has been exceeded. Access Grants Quota: 100000. " +
      "Please reach out to S3 if an increase is required.",
  ],
  InvalidAccessGrant: [400, "The specified Access Grant is invalid"],
  InvalidAccessGrantsLocation: [400, "The specified Access Grants Location is invalid"],
  InvalidIamRole: [400, "The specified IAM Role is invalid"],
  InvalidIdentityCenterInstance: [400, "The specified identity center instance is invalid"],
  InvalidResourcePolicy: [400, "The specified Resource Policy is invalid"],
  InvalidTag: [400, "There are duplicate tag keys in your request. Remove the duplicate tag keys and try again."],
  InvalidTags: [400, "Tag keys cannot start with AWS reserved prefix for system tags."],
  NoSuchAccessGrantError: [404, "The specified access grant does not exist"],
  NoSuchAccessGrantsLocationError: [404, "The specified access grants location does not exist"],
  TooManyTags: [400, "The number of tags exceeds the limit of 50 tags. Remove some tags and try again."],
} as const satisfies Record<string, readonly [number, string]>;

/** A documented error with its documented status and message, `detail` appended where it helps. */
export function refusal(code: keyof typeof DOCUMENTED, detail = ""): AccessGrantsError {
  const [status, message] = DOCUMENTED[code];
  return new AccessGrantsError(status, code, detail === "" ? message : `${message}: ${detail}`);
}

export function invalid(message: string): AccessGrantsError {
  return new AccessGrantsError(400, "InvalidRequest", message);
}
