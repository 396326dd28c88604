"""An election through boto3, as an application would run it.

    smoke.py [PART ...]     runs these parts, or all

AWS_ENDPOINT_URL names the server; credentials and the region are in the environment as well. Every
part makes tables of its own. The exit status is 1 if a part failed.
"""

import os
import sys
import traceback

import boto3
from botocore.config import Config

import clients
import documents
import metrics
import older_forms
import queries
import regions
import retries
import signatures
import statements
import streams

PARTS = {
    **clients.PARTS,
    **queries.PARTS,
    **signatures.PARTS,
    **documents.PARTS,
    **older_forms.PARTS,
    **statements.PARTS,
    **streams.PARTS,
    **regions.PARTS,
    **metrics.PARTS,
    **retries.PARTS,
}


def main():
    endpoint = os.environ["AWS_ENDPOINT_URL"]
    # One attempt: every answer of the server is seen.
    config = Config(retries={"total_max_attempts": 1}, connect_timeout=10, read_timeout=30)
    session = boto3.session.Session()
    client = session.client("dynamodb", endpoint_url=endpoint, config=config)
    resource = session.resource("dynamodb", endpoint_url=endpoint, config=config)
    print("boto3", boto3.__version__)
    failed = 0
    for name in sys.argv[1:] or PARTS:
        try:
            PARTS[name](client, resource)
            print("ok", name)
        except Exception:
            failed += 1
            print("FAILED", name)
            traceback.print_exc(file=sys.stdout, chain=False)
    sys.exit(1 if failed else 0)


main()
