#!/usr/bin/env bash
# An election through the AWS CLI, as an operator would type it.
#
#   smoke.sh [PART ...]     runs these parts, or all
#
# AWS_ENDPOINT_URL names the server; credentials and the region are in the environment as well. Every part makes a
# table of its own. The exit status is 1 if a part failed.
set -uo pipefail

parts=(
  tables tags time_to_live attribute_types conditions updates errors query query_pages scan older_writes older_reads
)

ddb() {
  aws dynamodb --endpoint-url "$AWS_ENDPOINT_URL" "$@"
}

# The result of the command, its words separated by single blanks.
words() {
  local output
  output="$(ddb "$@" --output text)" || return 1
  read -r -d '' -a output <<<"$output" || true
  echo "${output[*]}"
}

# expect WORDS COMMAND: the command's result must be these words.
expect() {
  local expected="$1" actual
  shift
  actual="$(words "$@")" || fail "$*" 'failed'
  [[ $actual == "$expected" ]] || fail "$*" "expected: $expected" "but was:  $actual"
}

# refuse ERROR MESSAGE COMMAND: the command must be refused with this error and this within its message.
refuse() {
  local error="$1" message="$2" said status=0
  shift 2
  said="$(ddb "$@" 2>&1)" || status=$?
  [[ $status == 254 || $status == 255 ]] || fail "$*" "expected: exit status 254 or 255" "but was:  $status: $said"
  [[ $said == *"An error occurred ($error) when calling the "*" operation"*": "*"$message"* ]] ||
    fail "$*" "expected: $error: $message" "but was:  $said"
}

fail() {
  printf '  %s\n' "$@"
  exit 1
}

create_ballots() {
  expect CREATING create-table --table-name "$1" --billing-mode PAY_PER_REQUEST \
    --attribute-definitions AttributeName=election,AttributeType=S AttributeName=ballot,AttributeType=N \
    --key-schema AttributeName=election,KeyType=HASH AttributeName=ballot,KeyType=RANGE \
    --query TableDescription.TableStatus
  ddb wait table-exists --table-name "$1"
}

# The key of ballot $1 for archon.
key() {
  echo "{\"election\":{\"S\":\"archon\"},\"ballot\":{\"N\":\"$1\"}}"
}

# Ballot $1 with the candidate $2 and the weight $3.
ballot() {
  echo "{\"election\":{\"S\":\"archon\"},\"ballot\":{\"N\":\"$1\"},\"candidate\":{\"S\":\"$2\"},\"weight\":{\"N\":\"$3\"}}"
}

# Puts ballot $2 with the candidate $3 and the weight $4 into table $1.
cast() {
  ddb put-item --table-name "$1" --item "$(ballot "$2" "$3" "$4")"
}

# Puts five ballots into table $1 with one command.
fill() {
  expect 0 batch-write-item --query 'length(UnprocessedItems)' --request-items "{\"$1\":[
    {\"PutRequest\":{\"Item\":$(ballot 1 Solon 10)}},{\"PutRequest\":{\"Item\":$(ballot 2 Drakon 20)}},
    {\"PutRequest\":{\"Item\":$(ballot 3 Solon 30)}},{\"PutRequest\":{\"Item\":$(ballot 4 Drakon 40)}},
    {\"PutRequest\":{\"Item\":$(ballot 5 Solon 50)}}]}"
}

tables() {
  create_ballots tables-a
  create_ballots tables-b
  expect 'election HASH ballot RANGE' describe-table --table-name tables-a \
    --query 'Table.KeySchema[].[AttributeName,KeyType]'
  expect 'tables-a tables-b' list-tables --page-size 1 --query 'TableNames[?starts_with(@, `tables-`)]'
  ddb update-table --table-name tables-a --billing-mode PROVISIONED \
    --provisioned-throughput ReadCapacityUnits=5,WriteCapacityUnits=4 >/dev/null
  ddb wait table-exists --table-name tables-a
  expect '5 4' describe-table --table-name tables-a \
    --query 'Table.ProvisionedThroughput.[ReadCapacityUnits,WriteCapacityUnits]'
  expect tables-b delete-table --table-name tables-b --query TableDescription.TableName
  ddb wait table-not-exists --table-name tables-b
  refuse ResourceNotFoundException 'Requested resource not found: Table: tables-b not found' \
    describe-table --table-name tables-b
}

time_to_live() {
  create_ballots expiring
  expect DISABLED describe-time-to-live --table-name expiring --query TimeToLiveDescription.TimeToLiveStatus
  expect 'expires True' update-time-to-live --table-name expiring \
    --time-to-live-specification Enabled=true,AttributeName=expires \
    --query 'TimeToLiveSpecification.[AttributeName,Enabled]'
  ddb put-item --table-name expiring --item '{"election":{"S":"archon"},"ballot":{"N":"1"},"expires":{"N":"'"$(($(date +%s) - 60))"'"}}'
  ddb put-item --table-name expiring --item '{"election":{"S":"archon"},"ballot":{"N":"2"},"expires":{"N":"'"$(($(date +%s) + 3600))"'"}}'
  local tries=60
  until [[ $(words scan --table-name expiring --query Count) == 1 ]]; do
    ((tries-- > 0)) || fail 'scan' 'the expired item is not deleted'
  done
  expect 2 scan --table-name expiring --query 'Items[0].ballot.N'
  expect 'expires ENABLED' describe-time-to-live --table-name expiring \
    --query 'TimeToLiveDescription.[AttributeName,TimeToLiveStatus]'
  refuse ValidationException 'TimeToLive is active on a different AttributeName: current AttributeName is expires' \
    update-time-to-live --table-name expiring --time-to-live-specification Enabled=true,AttributeName=other
}

tags() {
  local arn
  create_ballots tags
  arn="$(ddb describe-table --table-name tags --query Table.TableArn --output text)"
  ddb tag-resource --resource-arn "$arn" --tags Key=team,Value=blue Key=stage,Value=
  ddb untag-resource --resource-arn "$arn" --tag-keys stage
  expect 'team blue' list-tags-of-resource --resource-arn "$arn" --query 'Tags[].[Key,Value]'
  expect DISABLED describe-continuous-backups --table-name tags \
    --query ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus
}

attribute_types() {
  local item text=aGVsbG8=
  create_ballots types
  # Version 1 takes bytes as they are, version 2 in base 64.
  [[ $(aws --version 2>&1) != aws-cli/1.* ]] || text=hello
  item="$(
    cat <<JSON
{
  "election": {"S": "archon"},
  "ballot": {"N": "1"},
  "text": {"S": "Ὄστρακον"},
  "number": {"N": "-0.50"},
  "binary": {"B": "$text"},
  "yes": {"BOOL": true},
  "nothing": {"NULL": true},
  "texts": {"SS": ["clay"]},
  "numbers": {"NS": ["7"]},
  "binaries": {"BS": ["$text"]},
  "list": {"L": [{"N": "3"}, {"S": "x"}]},
  "map": {"M": {"in": {"M": {"deep": {"BOOL": false}}}}}
}
JSON
  )"
  ddb put-item --table-name types --item "$item"
  expect 'Ὄστρακον -0.5 aGVsbG8= True True' get-item --table-name types --key "$(key 1)" \
    --consistent-read --query 'Item.[text.S,number.N,binary.B,yes.BOOL,nothing.NULL]'
  expect 'clay 7 aGVsbG8= 3 x False' get-item --table-name types --key "$(key 1)" \
    --query 'Item.[texts.SS[0],numbers.NS[0],binaries.BS[0],list.L[0].N,list.L[1].S,map.M.in.M.deep.BOOL]'
  expect None get-item --table-name types --key "$(key 2)" --query Item
}

conditions() {
  create_ballots conditions
  cast conditions 1 Solon 10
  refuse ConditionalCheckFailedException 'The conditional request failed' put-item --table-name conditions \
    --item "$(key 1)" --condition-expression 'attribute_not_exists(ballot)'
  refuse ConditionalCheckFailedException 'The conditional request failed' delete-item --table-name conditions \
    --key "$(key 1)" --condition-expression '#c = :c' --expression-attribute-names '{"#c":"candidate"}' \
    --expression-attribute-values '{":c":{"S":"Drakon"}}'
  expect Solon delete-item --table-name conditions --key "$(key 1)" --return-values ALL_OLD \
    --condition-expression 'size(candidate) = :n' --expression-attribute-values '{":n":{"N":"5"}}' \
    --query Attributes.candidate.S
}

updates() {
  create_ballots updates
  expect '1 Solon' update-item --table-name updates --key "$(key 1)" --return-values ALL_NEW \
    --update-expression 'SET candidate = if_not_exists(candidate, :c) ADD tally :one' \
    --expression-attribute-values '{":c":{"S":"Solon"},":one":{"N":"1"}}' \
    --query 'Attributes.[tally.N,candidate.S]'
  expect '4 None 1.0' update-item --table-name updates --key "$(key 1)" --return-values UPDATED_NEW \
    --update-expression 'SET tally = tally + :three REMOVE candidate' --condition-expression 'tally < :three' \
    --expression-attribute-values '{":three":{"N":"3"}}' --return-consumed-capacity TOTAL \
    --query '[Attributes.tally.N,Attributes.candidate.S,ConsumedCapacity.CapacityUnits]'
}

errors() {
  create_ballots errors
  refuse ResourceNotFoundException 'Requested resource not found' get-item --table-name nowhere --key "$(key 1)"
  refuse ResourceInUseException 'Table already exists: errors' create-table --table-name errors \
    --billing-mode PAY_PER_REQUEST --attribute-definitions AttributeName=election,AttributeType=S \
    --key-schema AttributeName=election,KeyType=HASH
  refuse ValidationException 'The provided key element does not match the schema' get-item --table-name errors \
    --key '{"election":{"S":"archon"}}'
  refuse ValidationException 'Attribute name is a reserved keyword; reserved keyword: names' \
    update-item --table-name errors --key "$(key 1)" --update-expression 'REMOVE names'
}

query() {
  local archon='{":e":{"S":"archon"}}'
  create_ballots query
  fill query
  expect '1 2 3 4 5' query --table-name query --key-condition-expression 'election = :e' \
    --expression-attribute-values "$archon" --query 'Items[].ballot.N'
  expect '4 3 2' query --table-name query --no-scan-index-forward \
    --key-condition-expression 'election = :e AND ballot BETWEEN :two AND :four' \
    --expression-attribute-values '{":e":{"S":"archon"},":two":{"N":"2"},":four":{"N":"4"}}' \
    --query 'Items[].ballot.N'
  expect '3 50 30 10 5 0.5' query --table-name query --no-scan-index-forward --return-consumed-capacity TOTAL \
    --key-condition-expression '#e = :e' --filter-expression 'candidate = :c' --projection-expression weight \
    --expression-attribute-names '{"#e":"election"}' \
    --expression-attribute-values '{":e":{"S":"archon"},":c":{"S":"Solon"}}' \
    --query '[Count,Items[].weight.N,ScannedCount,ConsumedCapacity.CapacityUnits][]'
  expect '5 None' query --table-name query --key-condition-expression 'election = :e' --select COUNT \
    --expression-attribute-values "$archon" --query '[Count,Items]'
  refuse ValidationException 'Query condition missed key schema element: election' query --table-name query \
    --key-condition-expression 'ballot = :b' --expression-attribute-values '{":b":{"N":"1"}}'
}

query_pages() {
  local token archon=(--table-name query-pages --key-condition-expression 'election = :e'
    --expression-attribute-values '{":e":{"S":"archon"}}')
  create_ballots query-pages
  fill query-pages
  expect '5 4 3 2 1' query "${archon[@]}" --page-size 2 --no-scan-index-forward --query 'Items[].ballot.N'
  token="$(ddb query "${archon[@]}" --page-size 2 --max-items 3 --output json |
    sed -n 's/^ *"NextToken": "\([^"]*\)".*/\1/p')"
  expect '4 5' query "${archon[@]}" --starting-token "$token" --query 'Items[].ballot.N'
  # One page, as the service has it.
  expect '2 2' query "${archon[@]}" --limit 2 --no-paginate --query '[Count,LastEvaluatedKey.ballot.N]'
}

scan() {
  local segment found=''
  create_ballots scan
  fill scan
  expect '5 5 0.5' scan --table-name scan --return-consumed-capacity TOTAL \
    --query '[Count,ScannedCount,ConsumedCapacity.CapacityUnits]'
  expect '1 2 3 4 5' scan --table-name scan --page-size 1 --query 'Items[].ballot.N'
  expect '20 40' scan --table-name scan --filter-expression 'begins_with(candidate, :d)' \
    --projection-expression weight --expression-attribute-values '{":d":{"S":"Dra"}}' --query 'Items[].weight.N'
  for segment in 0 1; do
    found+="$(words scan --table-name scan --segment "$segment" --total-segments 2 --query 'Items[].ballot.N')"
  done
  # Ballots of one election lie in one segment.
  [[ ${found/None/} == '1 2 3 4 5' ]] || fail 'scan of two segments' "found: $found"
  expect 5 scan --table-name scan --select COUNT --query Count
}

older_writes() {
  create_ballots older-writes
  cast older-writes 1 Solon 10
  refuse ConditionalCheckFailedException 'The conditional request failed' put-item --table-name older-writes \
    --item "$(key 1)" --expected '{"ballot":{"Exists":false}}'
  expect '13 Drakon None' update-item --table-name older-writes --key "$(key 1)" --return-values ALL_NEW \
    --attribute-updates '{"weight":{"Value":{"N":"3"},"Action":"ADD"},"candidate":{"Value":{"S":"Drakon"}},
      "remark":{"Action":"DELETE"}}' \
    --expected '{"weight":{"ComparisonOperator":"LT","AttributeValueList":[{"N":"11"}]}}' \
    --query 'Attributes.[weight.N,candidate.S,remark.S]'
  expect Drakon delete-item --table-name older-writes --key "$(key 1)" --return-values ALL_OLD \
    --expected '{"candidate":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"Solon"}]},
      "weight":{"ComparisonOperator":"EQ","AttributeValueList":[{"N":"13"}]}}' --conditional-operator OR \
    --query Attributes.candidate.S
  refuse ValidationException \
    'Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}' \
    put-item --table-name older-writes --item "$(key 1)" --expected '{"ballot":{"Exists":false}}' \
    --condition-expression 'attribute_not_exists(ballot)'
}

older_reads() {
  create_ballots older-reads
  fill older-reads
  expect 'Solon None' get-item --table-name older-reads --key "$(key 1)" --attributes-to-get candidate \
    --query 'Item.[candidate.S,weight.N]'
  expect '50 30' query --table-name older-reads --no-scan-index-forward --attributes-to-get weight \
    --key-conditions '{"election":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"archon"}]},
      "ballot":{"ComparisonOperator":"GE","AttributeValueList":[{"N":"2"}]}}' \
    --query-filter '{"candidate":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"Solon"}]}}' \
    --query 'Items[].weight.N'
  expect '1 2 4' scan --table-name older-reads --conditional-operator OR \
    --scan-filter '{"candidate":{"ComparisonOperator":"BEGINS_WITH","AttributeValueList":[{"S":"Dra"}]},
      "weight":{"ComparisonOperator":"LT","AttributeValueList":[{"N":"15"}]}}' \
    --query 'Items[].ballot.N'
}

# Most of the time goes into starting the CLI: two parts run at once, each in a shell of its own.
if (($# != 1)); then
  aws --version 2>&1
  printf '%s\n' "${@:-${parts[@]}}" | xargs -P 2 -n 1 bash "$0"
  exit "$((PIPESTATUS[1] != 0))"
fi

(
  set -e
  "$1"
)
status=$?
((status == 0)) && echo "ok $1" && exit 0
echo "FAILED $1"
exit 1
