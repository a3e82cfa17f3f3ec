# The bookshop of the course: an API and uploads run functions that write into a table, on a schedule too.
# `terraform apply -var zip=function.zip` with AWS_ENDPOINT_URL and keys of an account of the sandbox.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "us-east-1"
  s3_use_path_style           = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_credentials_validation = true

  default_tags {
    tags = {
      project = "bookshop"
    }
  }
}

variable "zip" {
  type        = string
  description = "Path of the functions' deployment package; its handler is index.handler."
}

resource "aws_dynamodb_table" "books" {
  name         = "bookshop-books"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  ttl {
    attribute_name = "expires"
    enabled        = true
  }
}

data "aws_iam_policy_document" "trust" {
  for_each = toset(["lambda", "scheduler"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "function" {
  name               = "bookshop-function"
  assume_role_policy = data.aws_iam_policy_document.trust["lambda"].json
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.function.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_iam_role_policy" "table" {
  name = "table"
  role = aws_iam_role.function.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["dynamodb:PutItem", "dynamodb:GetItem"], Resource = aws_dynamodb_table.books.arn },
      { Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource = aws_sqs_queue.orders.arn },
    ]
  })
}

resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/bookshop"
  retention_in_days = 7
}

resource "aws_lambda_function" "bookshop" {
  function_name    = "bookshop"
  role             = aws_iam_role.function.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = var.zip
  source_code_hash = filebase64sha256(var.zip)
  memory_size      = 128
  timeout          = 10

  environment {
    variables = {
      TABLE = aws_dynamodb_table.books.name
    }
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.bookshop.function_name
  function_version = "$LATEST"
}

# An API calls the function.

resource "aws_api_gateway_rest_api" "bookshop" {
  name = "bookshop"
}

resource "aws_api_gateway_resource" "books" {
  rest_api_id = aws_api_gateway_rest_api.bookshop.id
  parent_id   = aws_api_gateway_rest_api.bookshop.root_resource_id
  path_part   = "books"
}

resource "aws_api_gateway_method" "post" {
  rest_api_id   = aws_api_gateway_rest_api.bookshop.id
  resource_id   = aws_api_gateway_resource.books.id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "post" {
  rest_api_id             = aws_api_gateway_rest_api.bookshop.id
  resource_id             = aws_api_gateway_resource.books.id
  http_method             = aws_api_gateway_method.post.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.bookshop.invoke_arn
}

resource "aws_api_gateway_deployment" "bookshop" {
  rest_api_id = aws_api_gateway_rest_api.bookshop.id

  triggers = {
    integration = aws_api_gateway_integration.post.id
  }
}

resource "aws_api_gateway_stage" "dev" {
  rest_api_id   = aws_api_gateway_rest_api.bookshop.id
  deployment_id = aws_api_gateway_deployment.bookshop.id
  stage_name    = "dev"
  variables = {
    shop = "Hanoi"
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.bookshop.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.bookshop.execution_arn}/*/POST/books"
}

# An HTTP API too.

resource "aws_apigatewayv2_api" "bookshop" {
  name          = "bookshop"
  protocol_type = "HTTP"

  cors_configuration {
    allow_origins = ["https://bookshop.example"]
    allow_methods = ["GET"]
  }
}

resource "aws_apigatewayv2_integration" "function" {
  api_id                 = aws_apigatewayv2_api.bookshop.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.bookshop.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "get" {
  api_id    = aws_apigatewayv2_api.bookshop.id
  route_key = "GET /books/{id}"
  target    = "integrations/${aws_apigatewayv2_integration.function.id}"
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.bookshop.id
  name        = "$default"
  auto_deploy = true
}

resource "aws_lambda_permission" "http_api" {
  statement_id  = "http-api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.bookshop.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.bookshop.execution_arn}/*/*"
}

# Uploads run it.

resource "aws_s3_bucket" "covers" {
  bucket        = "bookshop-covers-of-terraform"
  force_destroy = true
}

resource "aws_s3_bucket_versioning" "covers" {
  bucket = aws_s3_bucket.covers.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "covers" {
  bucket                  = aws_s3_bucket.covers.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_object" "readme" {
  bucket  = aws_s3_bucket.covers.id
  key     = "readme.txt"
  content = "Covers of books."
}

resource "aws_lambda_permission" "uploads" {
  statement_id   = "uploads"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.bookshop.function_name
  principal      = "s3.amazonaws.com"
  source_arn     = aws_s3_bucket.covers.arn
  source_account = data.aws_caller_identity.me.account_id
}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = aws_s3_bucket.covers.id

  lambda_function {
    lambda_function_arn = aws_lambda_function.bookshop.arn
    events              = ["s3:ObjectCreated:*"]
    filter_suffix       = ".png"
  }

  depends_on = [aws_lambda_permission.uploads]
}

data "aws_caller_identity" "me" {}

# So do orders in a queue, which a topic fills.

resource "aws_sqs_queue" "dead" {
  name = "bookshop-dead"
}

resource "aws_sqs_queue" "orders" {
  name                       = "bookshop-orders"
  visibility_timeout_seconds = 60
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })
}

resource "aws_sns_topic" "orders" {
  name = "bookshop-orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.orders.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.orders.arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn            = aws_sns_topic.orders.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.orders.arn
  raw_message_delivery = true
  filter_policy        = jsonencode({ kind = ["order"] })
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.bookshop.arn
  batch_size       = 5

  depends_on = [aws_iam_role_policy.table]
}

# And the clock.

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "bookshop-nightly"
  schedule_expression = "cron(0 18 * * ? *)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.bookshop.arn
}

resource "aws_lambda_permission" "nightly" {
  statement_id  = "nightly"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.bookshop.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.nightly.arn
}

resource "aws_iam_role" "scheduler" {
  name               = "bookshop-scheduler"
  assume_role_policy = data.aws_iam_policy_document.trust["scheduler"].json
}

resource "aws_iam_role_policy" "scheduler" {
  name = "invoke"
  role = aws_iam_role.scheduler.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.bookshop.arn }]
  })
}

resource "aws_scheduler_schedule" "weekly" {
  name                         = "bookshop-weekly"
  schedule_expression          = "cron(0 9 ? * MON *)"
  schedule_expression_timezone = "Asia/Ho_Chi_Minh"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.bookshop.arn
    role_arn = aws_iam_role.scheduler.arn
    input    = jsonencode({ report = "weekly" })
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "bookshop-errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = aws_lambda_function.bookshop.function_name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.orders.arn]
}

output "api" {
  value = aws_api_gateway_rest_api.bookshop.id
}

output "http_api" {
  value = aws_apigatewayv2_api.bookshop.id
}

output "table" {
  value = aws_dynamodb_table.books.name
}
