#!/usr/bin/env bash
# Users, roles and keys through the AWS CLI, and what they may do with a table.
#
# AWS_ENDPOINT_URL names the server; the credentials of the root user and the region are in the environment. The exit
# status is 1 if something was not as expected.
set -uo pipefail

# expect TEXT COMMAND: what the command prints must contain the text; it may fail.
expect() {
  local expected="$1" said
  shift
  said="$("$@" 2>&1)"
  [[ $said == *"$expected"* ]] || {
    printf '  %s\n' "$*" "expected: $expected" "but was:  $said"
    exit 1
  }
}

# as KEY SECRET TOKEN COMMAND: runs the command with other credentials.
as() {
  local key="$1" secret="$2" token="$3"
  shift 3
  if [[ -n $token ]]; then
    AWS_ACCESS_KEY_ID="$key" AWS_SECRET_ACCESS_KEY="$secret" AWS_SESSION_TOKEN="$token" "$@"
  else
    AWS_ACCESS_KEY_ID="$key" AWS_SECRET_ACCESS_KEY="$secret" "$@"
  fi
}

own_votes='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["dynamodb:Query","dynamodb:PutItem"],
  "Resource":"*","Condition":{"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":"${aws:username}"}}}]}'
count_votes='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:Scan","Resource":"*"}]}'

account="$(aws sts get-caller-identity --query Account --output text)"
trust="{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",
  \"Principal\":{\"AWS\":\"arn:aws:iam::$account:user/clerk\"}}]}"

expect CREATING aws dynamodb create-table --table-name votes --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=voter,AttributeType=S --key-schema AttributeName=voter,KeyType=HASH

expect "arn:aws:iam::$account:user/clerk" aws iam create-user --user-name clerk --tags Key=office,Value=north
expect 'An error occurred (EntityAlreadyExists)' aws iam create-user --user-name Clerk
read -r key secret < <(aws iam create-access-key --user-name clerk \
  --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text)
expect "user/clerk" as "$key" "$secret" '' aws sts get-caller-identity
expect 'An error occurred (InvalidSignatureException)' as "$key" wrong '' aws dynamodb list-tables
expect 'An error occurred (UnrecognizedClientException)' as AKIDOTHER "$secret" '' aws dynamodb list-tables
expect 'An error occurred (AccessDeniedException)' as "$key" "$secret" '' \
  aws dynamodb put-item --table-name votes --item '{"voter":{"S":"clerk"}}'
expect 'An error occurred (AccessDenied)' as "$key" "$secret" '' aws iam list-users

aws iam put-user-policy --user-name clerk --policy-name own --policy-document "$own_votes" || exit 1
expect '${aws:username}' aws iam get-user-policy --user-name clerk --policy-name own
expect '' as "$key" "$secret" '' aws dynamodb put-item --table-name votes --item '{"voter":{"S":"clerk"}}'
expect 'An error occurred (AccessDeniedException)' as "$key" "$secret" '' \
  aws dynamodb put-item --table-name votes --item '{"voter":{"S":"mayor"}}'
expect '"Count": 1' aws dynamodb scan --table-name votes

expect '"allowed"' aws iam simulate-principal-policy --policy-source-arn "arn:aws:iam::$account:user/clerk" \
  --action-names dynamodb:PutItem --query 'EvaluationResults[0].EvalDecision'
expect '"explicitDeny"' aws iam simulate-custom-policy --action-names dynamodb:Scan \
  --policy-input-list "${count_votes/Allow/Deny}" --query 'EvaluationResults[0].EvalDecision'

expect 'role/Counter' aws iam create-role --role-name Counter --assume-role-policy-document "$trust"
expect 'policy/count' aws iam create-policy --policy-name count --policy-document "$count_votes"
aws iam attach-role-policy --role-name Counter --policy-arn "arn:aws:iam::$account:policy/count" || exit 1
expect 'policy/count' aws iam list-attached-role-policies --role-name Counter
read -r session_key session_secret token < <(as "$key" "$secret" '' aws sts assume-role \
  --role-arn "arn:aws:iam::$account:role/Counter" --role-session-name evening \
  --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)
expect 'assumed-role/Counter/evening' as "$session_key" "$session_secret" "$token" aws sts get-caller-identity
expect '"Count": 1' as "$session_key" "$session_secret" "$token" aws dynamodb scan --table-name votes
expect 'An error occurred (AccessDeniedException)' as "$session_key" "$session_secret" "$token" \
  aws dynamodb get-item --table-name votes --key '{"voter":{"S":"clerk"}}'

for i in 1 2 3; do aws iam create-group --group-name "group-$i" >/dev/null || exit 1; done
expect '"group-3"' aws iam list-groups --page-size 2 --query 'Groups[].GroupName'
expect 'An error occurred (DeleteConflict)' aws iam delete-user --user-name clerk
aws iam delete-access-key --user-name clerk --access-key-id "$key" || exit 1
expect 'An error occurred (InvalidClientTokenId)' as "$key" "$secret" '' aws sts get-caller-identity
aws iam delete-user-policy --user-name clerk --policy-name own || exit 1
aws iam delete-user --user-name clerk || exit 1
expect 'An error occurred (NoSuchEntity)' aws iam get-user --user-name clerk
echo 'done'
