#!/usr/bin/env bash
# A throttled request goes through by the AWS CLI's own retries with back-off.
#
# AWS_ENDPOINT_URL names the server; credentials and the region are in the environment as well. The exit status is 1 if a
# check failed.
set -euo pipefail

ddb() {
  aws dynamodb --endpoint-url "$AWS_ENDPOINT_URL" "$@"
}

# put ID CHARACTERS: puts an item with a text of this length.
put() {
  ddb "${@:3}" put-item --table-name cli-retries \
    --item "{\"id\":{\"S\":\"$1\"},\"text\":{\"S\":\"$(printf "%${2}s")\"}}"
}

ddb create-table --table-name cli-retries --attribute-definitions AttributeName=id,AttributeType=S \
  --key-schema AttributeName=id,KeyType=HASH --provisioned-throughput ReadCapacityUnits=1,WriteCapacityUnits=1 \
  --tags Key=ostraka:capacity,Value=enforce > /dev/null
ddb wait table-exists --table-name cli-retries

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
export AWS_RETRY_MODE=standard

# A large item is taken as long as any write unit is left, and leaves a debt that grows from round to round: on a slow
# machine it may be paid before the next command has started.
for ((kilobytes = 8; kilobytes <= 128; kilobytes *= 2)); do
  AWS_MAX_ATTEMPTS=30 put large $((kilobytes * 1000)) > /dev/null
  if refusal="$(put refused 1 2>&1)"; then
    continue
  fi
  if [[ $refusal != *"(ProvisionedThroughputExceededException)"* ]]; then
    echo "expected: ProvisionedThroughputExceededException"
    echo "but was:  $refusal"
    exit 1
  fi
  AWS_MAX_ATTEMPTS=30 put kept 1 --debug > /dev/null 2> "$log"
  if grep -q 'Retry needed, retrying request after delay of' "$log"; then
    kept="$(ddb get-item --table-name cli-retries --key '{"id":{"S":"kept"}}' --consistent-read \
      --query Item.id.S --output text)"
    [[ $kept == kept ]] && exit 0
    echo "expected the item that was put, but was: $kept"
    exit 1
  fi
done
echo 'no request was sent again'
exit 1
