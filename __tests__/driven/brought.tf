# Studio for data that is there already: the bucket, its location in S3 Access Grants, and people and groups of Identity Center.

module "brought" {
  source = "./modules/studio-access"

  name                       = "brought"
  domain_name                = "Brought"
  delete_objects_with_bucket = true
  existing_bucket            = { bucket_name = aws_s3_bucket.brought["lake"].id }
  existing_location          = { id = aws_s3control_access_grants_location.lake.access_grants_location_id }
  existing_instance          = { arn = module.persona-grants-complete.made["module.access_grants"].instance_arn }
  identity_center            = { arn = var.world.identity_center }

  network = {
    existing = {
      vpc_id             = local.account.vpc_id
      subnet_ids         = local.account.subnet_ids
      security_group_ids = local.account.security_group_ids
    }
  }

  personas = {
    userA = { grants = { own = { sub_prefix = "UserA/*", permission = "READWRITE" } } }
  }

  other_grantees = {
    auditors = {
      grantee = {
        type  = "DIRECTORY_GROUP"
        group = { identity_store_id = var.world.identity_store, display_name = "Auditors" }
      }
      grants = { product = { sub_prefix = "Product/*", permission = "READ" } }
    }
    visitor = {
      grantee = { type = "DIRECTORY_USER", id = var.world.visitor }
      grants  = { reports = { sub_prefix = "Reports/*", permission = "READ" } }
    }
  }
}
