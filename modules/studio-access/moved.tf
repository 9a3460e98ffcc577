moved {
  from = module.data
  to   = module.data[0]
}
