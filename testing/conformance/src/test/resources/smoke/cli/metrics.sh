#!/usr/bin/env bash
# What CloudWatch's API says of a table, through the AWS CLI: "Getting DynamoDB metrics" in the Developer Guide.
#
# AWS_ENDPOINT_URL names the server; credentials and the region are in the environment as well. The exit status is 1 if a call failed.
set -euo pipefail

# Metrics outlive their table: a name that was never used before counts only the puts of this run.
table="CliMetrics-$(date +%s)-$$"

aws dynamodb create-table --endpoint-url "$AWS_ENDPOINT_URL" --table-name "$table" --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH > /dev/null
aws dynamodb wait table-exists --endpoint-url "$AWS_ENDPOINT_URL" --table-name "$table"
for id in a b c; do
  aws dynamodb put-item --endpoint-url "$AWS_ENDPOINT_URL" --table-name "$table" --item "{\"id\":{\"S\":\"$id\"}}"
done

sum="$(aws cloudwatch get-metric-statistics --endpoint-url "$AWS_ENDPOINT_URL" --namespace AWS/DynamoDB \
  --metric-name ConsumedWriteCapacityUnits --dimensions "Name=TableName,Value=$table" --statistics Sum --period 7200 \
  --start-time "$(date -u -d '-1 hour' +%FT%TZ)" --end-time "$(date -u -d '+1 hour' +%FT%TZ)" \
  --query 'sum(Datapoints[].Sum)' --output text)"
if [[ $sum != 3.0 ]]; then
  echo "expected 3.0 consumed units, but was: $sum"
  exit 1
fi

names="$(aws cloudwatch list-metrics --endpoint-url "$AWS_ENDPOINT_URL" --namespace AWS/DynamoDB \
  --dimensions "Name=TableName,Value=$table" --query 'Metrics[].MetricName' --output text)"
if [[ $names != *ConsumedWriteCapacityUnits* ]]; then
  echo "the metrics are: $names"
  exit 1
fi
