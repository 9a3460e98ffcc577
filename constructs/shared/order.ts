import { mapOf, optional, text } from "../inputs";

/** For what is to be destroyed before something else. */
export const order = {
  /**
   * Values of what has to be there before it, and is destroyed only after it: `{ bucket = module.data.bucket_arn }`. It takes the place of
   * `depends_on` on the call, which makes Terraform read data sources late.
   * @default - nothing
   */
  after: optional(mapOf(text()), {}),
};
