#!/usr/bin/env bash
# Auto scaling of a table through the AWS CLI, with the calls of "Using the AWS CLI to manage DynamoDB auto scaling" in the Developer
# Guide, and of "Tutorial: Get started with scheduled scaling using the AWS CLI" in the Application Auto Scaling User Guide.
#
# AWS_ENDPOINT_URL names the server; credentials and the region are in the environment as well. The exit status is 1 if a call failed.
set -euo pipefail

ddb() {
  aws dynamodb --endpoint-url "$AWS_ENDPOINT_URL" "$@"
}

# scaling OPERATION ARGUMENTS: an operation on the writes of the table.
scaling() {
  local operation="$1"
  shift
  aws application-autoscaling "$operation" --endpoint-url "$AWS_ENDPOINT_URL" --service-namespace dynamodb \
    --resource-id table/TestTable --scalable-dimension dynamodb:table:WriteCapacityUnits "$@"
}

# describe OPERATION ARGUMENTS: what there is of auto scaling, as text.
describe() {
  local operation="$1"
  shift
  aws application-autoscaling "$operation" --endpoint-url "$AWS_ENDPOINT_URL" --service-namespace dynamodb --output text "$@"
}

# is WORDS COMMAND: the command's result has to be these words.
is() {
  local expected="$1" said
  shift
  said="$("$@")"
  if [[ $said != "$expected" ]]; then
    printf '  %s\n' "$*" "expected: $expected" "but was:  $said"
    exit 1
  fi
}

# until_is WORDS COMMAND: repeats the command until its result is these words, for a minute at most.
until_is() {
  local expected="$1" said='' end=$((SECONDS + 60))
  shift
  until said="$("$@" 2>&1)" && [[ $said == "$expected" ]]; do
    if ((SECONDS >= end)); then
      printf '  %s\n' "$*" "expected: $expected" "but was:  $said"
      exit 1
    fi
  done
}

ddb create-table --table-name TestTable --attribute-definitions AttributeName=pk,AttributeType=S AttributeName=sk,AttributeType=S \
  --key-schema AttributeName=pk,KeyType=HASH AttributeName=sk,KeyType=RANGE \
  --provisioned-throughput ReadCapacityUnits=5,WriteCapacityUnits=5
ddb wait table-exists --table-name TestTable

scaling register-scalable-target --min-capacity 5 --max-capacity 10
is $'table/TestTable\t5\t10' describe describe-scalable-targets --resource-ids table/TestTable \
  --query 'ScalableTargets[].[ResourceId,MinCapacity,MaxCapacity]'

scaling put-scaling-policy --policy-name MyScalingPolicy --policy-type TargetTrackingScaling \
  --target-tracking-scaling-policy-configuration '{"PredefinedMetricSpecification":{"PredefinedMetricType":"DynamoDBWriteCapacityUtilization"},"ScaleOutCooldown":60,"ScaleInCooldown":60,"TargetValue":50.0}'
is $'MyScalingPolicy\t50.0\t4' describe describe-scaling-policies --resource-id table/TestTable --policy-names MyScalingPolicy \
  --query 'ScalingPolicies[].[PolicyName,TargetTrackingScalingPolicyConfiguration.TargetValue,length(Alarms)]'

# A scheduled action whose time comes soon raises the bounds, and with them the units.
scaling put-scheduled-action --scheduled-action-name my-first-scheduled-action \
  --schedule "at($(date -u -d '+10 seconds' +%Y-%m-%dT%H:%M:%S))" --scalable-target-action MinCapacity=15,MaxCapacity=20
until_is 15 ddb describe-table --table-name TestTable --query Table.ProvisionedThroughput.WriteCapacityUnits --output text
is $'minimum capacity was set to 15\tSuccessful' describe describe-scaling-activities --resource-id table/TestTable \
  --query 'ScalingActivities[0].[Cause,StatusCode]'
is my-first-scheduled-action describe describe-scheduled-actions --query 'ScheduledActions[].ScheduledActionName'

scaling delete-scheduled-action --scheduled-action-name my-first-scheduled-action
scaling delete-scaling-policy --policy-name MyScalingPolicy
scaling deregister-scalable-target
is '' describe describe-scalable-targets --query 'ScalableTargets[].ResourceId'
ddb delete-table --table-name TestTable
