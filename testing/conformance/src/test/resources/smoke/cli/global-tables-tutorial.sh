#!/usr/bin/env bash
# The commands of "Work with DynamoDB global tables and multi-Region replication with eventual consistency (MREC) using
# AWS Command Line Interface v2", with each region in a process of its own. Only the beginning of the page could be read
# here; its steps 4 to 8 are written from memory:
# https://docs.aws.amazon.com/code-library/latest/ug/dynamodb_example_dynamodb_Scenario_MultiRegionReplication_section.html
# Between the steps, where a reader would look again, the script waits.
#
# Arguments are the regions and their endpoints, REGION=URL. Credentials are in the environment. The exit status is 1 if
# a command failed, or if something was not so within a minute.
set -euo pipefail

declare -A endpoints
for argument in "$@"; do
  endpoints[${argument%%=*}]="${argument#*=}"
done

# Finds the endpoint of the region, which is the command's last argument.
aws() {
  AWS_ENDPOINT_URL="${endpoints[${!#}]}" command aws "$@"
}

# until_is TEXT COMMAND: repeats the command until it prints this text, for a minute at most.
until_is() {
  local expected="$1" said='' end=$((SECONDS + 60))
  shift
  until said="$("$@" 2>&1)" && [[ $said == "$expected" ]]; do
    if ((SECONDS >= end)); then
      printf '  %s\n' "$*" "expected: $expected" "but was:  $said"
      exit 1
    fi
  done
  printf '%3d s: %s\n' "$SECONDS" "${expected//$'\n'/ }"
}

replicas() {
  aws dynamodb describe-table --table-name MusicTable --output text \
    --query 'Table.[TableStatus, Replicas[*].[RegionName, ReplicaStatus]]' --region "$1"
}

title() {
  aws dynamodb get-item --table-name MusicTable --output text --query 'Item.SongTitle.S' \
    --key '{"Artist": {"S":"item_1"},"SongTitle": {"S":"Song Value 1"}}' --region "$1"
}

tables() {
  aws dynamodb list-tables --output text --query 'TableNames[0]' --region "$1"
}

# Step 1: Create a new table (MusicTable) in US East (Ohio), with DynamoDB Streams enabled (NEW_AND_OLD_IMAGES)
aws dynamodb create-table \
    --table-name MusicTable \
    --attribute-definitions \
        AttributeName=Artist,AttributeType=S \
        AttributeName=SongTitle,AttributeType=S \
    --key-schema \
        AttributeName=Artist,KeyType=HASH \
        AttributeName=SongTitle,KeyType=RANGE \
    --billing-mode PAY_PER_REQUEST \
    --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES \
    --region us-east-2

# Step 2: Create an identical MusicTable table in US East (N. Virginia)
aws dynamodb update-table --table-name MusicTable --cli-input-json \
'{
  "ReplicaUpdates":
  [
    {
      "Create": {
        "RegionName": "us-east-1"
      }
    }
  ]
}' \
--region us-east-2
until_is $'ACTIVE\nus-east-1\tACTIVE' replicas us-east-2

# Step 3: Create a table in Europe (Ireland)
aws dynamodb update-table --table-name MusicTable --cli-input-json \
'{
  "ReplicaUpdates":
  [
    {
      "Create": {
        "RegionName": "eu-west-1"
      }
    }
  ]
}' \
--region us-east-2
until_is $'ACTIVE\nus-east-1\tACTIVE\neu-west-1\tACTIVE' replicas us-east-2

# Step 4: View the list of replicas created using describe-table
aws dynamodb describe-table --table-name MusicTable --region us-east-2

# Step 5: To verify that replication is working, add a new item to the Music table in US East (Ohio)
aws dynamodb put-item \
    --table-name MusicTable \
    --item '{"Artist": {"S":"item_1"},"SongTitle": {"S":"Song Value 1"}}' \
    --region us-east-2

# Step 6: Wait for a few seconds, and then check to see whether the item has been successfully replicated
until_is 'Song Value 1' title us-east-1
until_is 'Song Value 1' title eu-west-1

# Step 7: Delete the replica table in Europe (Ireland) Region
aws dynamodb update-table --table-name MusicTable --cli-input-json \
'{
  "ReplicaUpdates":
  [
    {
      "Delete": {
        "RegionName": "eu-west-1"
      }
    }
  ]
}' \
--region us-east-2
until_is $'ACTIVE\nus-east-1\tACTIVE' replicas us-east-2
until_is None tables eu-west-1

# Step 8: Delete the replica table in US East (N. Virginia) Region
aws dynamodb update-table --table-name MusicTable --cli-input-json \
'{
  "ReplicaUpdates":
  [
    {
      "Delete": {
        "RegionName": "us-east-1"
      }
    }
  ]
}' \
--region us-east-2
until_is $'ACTIVE\tNone' replicas us-east-2
until_is None tables us-east-1

aws dynamodb delete-table --table-name MusicTable --region us-east-2
until_is None tables us-east-2
