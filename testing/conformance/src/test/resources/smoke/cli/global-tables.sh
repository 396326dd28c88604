#!/usr/bin/env bash
# A global table in two regions through the AWS CLI, with the calls of "Work with DynamoDB global tables and multi-Region
# replication with eventual consistency (MREC) using AWS Command Line Interface v2" in the Developer Guide.
#
# AWS_ENDPOINT_URL names the server; credentials are in the environment as well. The exit status is 1 if a call failed.
set -euo pipefail

here=us-east-2
there=us-east-1

ddb() {
  aws dynamodb --endpoint-url "$AWS_ENDPOINT_URL" "$@"
}

# until_is WORDS COMMAND: repeats the command until its result is these words, for a minute at most.
until_is() {
  local expected="$1" said='' end=$((SECONDS + 60))
  shift
  until said="$(ddb "$@" --output text 2>&1)" && [[ $said == "$expected" ]]; do
    if ((SECONDS >= end)); then
      printf '  %s\n' "$*" "expected: $expected" "but was:  $said"
      exit 1
    fi
  done
}

key() {
  echo "{\"Artist\":{\"S\":\"$1\"},\"SongTitle\":{\"S\":\"Song\"}}"
}

ddb create-table --table-name MusicTable --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=Artist,AttributeType=S AttributeName=SongTitle,AttributeType=S \
  --key-schema AttributeName=Artist,KeyType=HASH AttributeName=SongTitle,KeyType=RANGE \
  --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES --region "$here"
ddb wait table-exists --table-name MusicTable --region "$here"

ddb update-table --table-name MusicTable --cli-input-json \
  "{\"ReplicaUpdates\":[{\"Create\":{\"RegionName\":\"$there\"}}]}" --region "$here"
replicas=(describe-table --table-name MusicTable --query 'Table.Replicas[].[RegionName,ReplicaStatus]')
until_is "$there"$'\tACTIVE' "${replicas[@]}" --region "$here"
until_is "$here"$'\tACTIVE' "${replicas[@]}" --region "$there"

ddb put-item --table-name MusicTable --item "$(key here)" --region "$here"
ddb put-item --table-name MusicTable --item "$(key there)" --region "$there"
artist=(get-item --table-name MusicTable --query 'Item.Artist.S')
until_is here "${artist[@]}" --key "$(key here)" --region "$there"
until_is there "${artist[@]}" --key "$(key there)" --region "$here"

ddb update-table --table-name MusicTable --cli-input-json \
  "{\"ReplicaUpdates\":[{\"Delete\":{\"RegionName\":\"$there\"}}]}" --region "$here"
until_is None "${replicas[@]}" --region "$here"
until_is None list-tables --query 'TableNames[0]' --region "$there"
until_is there "${artist[@]}" --key "$(key there)" --region "$here"
ddb delete-table --table-name MusicTable --region "$here"
