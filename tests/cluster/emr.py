"""Amazon EMR on one machine, for mrjob's `-r emr`: moto's server, with clusters that execute their streaming steps.

    with serve() as endpoint:
        conf.write_text(json.dumps({"runners": {"emr": options(endpoint)}}))
        # python job.py -r emr -c conf input.txt

Steps end in the states and leave the logs that Amazon's do. A cluster that isn't kept alive terminates with its last
step, and takes no more. HDFS is a bucket of that name.
"""

from __future__ import annotations

import gzip
import traceback
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import boto3
from botocore.exceptions import ClientError
from moto.emr.exceptions import ValidationException
from moto.emr.models import Cluster, ElasticMapReduceBackend, Step, emr_backends
from moto.server import ThreadedMotoServer

from .emr_logs import of_completed, of_failed_task
from .streaming import StreamingJob, TaskFailed

HADOOP = "3.4.2"  # of emr-7.13.0
REGION = "us-east-1"
CREDENTIALS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


@contextmanager
def serve() -> Iterator[str]:
    """Yield the endpoint of a server on a free port of the loopback."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    executor = ThreadPoolExecutor(max_workers=1)
    try:
        with patch.object(emr_backends, "backend", partial(ExecutingBackend, S3(endpoint), executor)):
            emr_backends.clear()
            yield endpoint
    finally:
        executor.shutdown(cancel_futures=True)
        server.stop()
        emr_backends.clear()


def options(endpoint: str) -> dict[str, Any]:
    """mrjob's options for a run against `endpoint`."""
    return CREDENTIALS | {
        "emr_endpoint": endpoint,
        "s3_endpoint": endpoint,
        "region": REGION,
        "iam_instance_profile": "EMR_EC2_DefaultRole",
        "iam_service_role": "EMR_DefaultRole",
        "check_cluster_every": 0.2,
        "cloud_fs_sync_secs": 0,
    }


class S3:
    """Files at s3:// and hdfs:// URIs."""

    def __init__(self, endpoint: str):
        self.client = boto3.client("s3", endpoint_url=endpoint, region_name=REGION, **CREDENTIALS)

    def ls(self, uri: str) -> list[str]:
        """The files at or under `uri`."""
        _, bucket, key = self.parse(uri)
        try:
            listed = self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key)
            keys = [found["Key"] for page in listed for found in page.get("Contents", [])]
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchBucket":
                raise
            return []
        base = uri.removesuffix(key)
        return [base + found for found in keys if found == key or found.startswith(key.rstrip("/") + "/")]

    def read(self, uri: str) -> bytes:
        _, bucket, key = self.parse(uri)
        return self.client.get_object(Bucket=bucket, Key=key)["Body"].read()

    def write(self, uri: str, data: bytes) -> None:
        scheme, bucket, key = self.parse(uri)
        if scheme == "hdfs":
            self.client.create_bucket(Bucket=bucket)
        self.client.put_object(Bucket=bucket, Key=key, Body=data)

    def parse(self, uri: str) -> tuple[str, str, str]:
        parts = urlsplit(uri)
        return parts.scheme, parts.netloc or "hdfs", parts.path.lstrip("/")


class ExecutingBackend(ElasticMapReduceBackend):
    """moto's EMR, with clusters that execute steps in their order."""

    __module__ = ElasticMapReduceBackend.__module__  # moto finds the service's URLs beside it

    def __init__(self, filesystem: S3, executor: Executor, region_name: str, account_id: str):
        super().__init__(region_name, account_id)
        self.filesystem, self.executor = filesystem, executor

    def run_job_flow(self, **kwargs: Any) -> Cluster:
        if kwargs.get("bootstrap_actions"):
            raise ValidationException("Bootstrap actions are not executed here")
        if kwargs.get("steps"):
            raise ValidationException("Add the steps to the cluster once it is created")
        cluster = super().run_job_flow(**kwargs)
        cluster.state = "STARTING"  # moto terminates a cluster that has no step yet
        return cluster

    def add_applications(self, cluster_id: str, applications: list[dict[str, Any]]) -> None:
        # moto loses the name of its default application, and mrjob needs every name, and Hadoop's version.
        super().add_applications(cluster_id, [{"name": "Hadoop", "version": HADOOP}])

    def add_job_flow_steps(self, job_flow_id: str, steps: list[dict[str, Any]]) -> list[Step]:
        cluster = self.clusters[job_flow_id]
        if cluster.state.startswith("TERMINAT"):
            raise ValidationException("A job flow that is shutting down, terminated, or finished may not be modified.")
        added = super().add_job_flow_steps(job_flow_id, steps)
        for step in added:
            step.state = "PENDING"
        for step in added:
            self.executor.submit(self.execute, cluster, step)
        return added

    def execute(self, cluster: Cluster, step: Step) -> None:
        if step.state != "PENDING" or cluster.state.startswith("TERMINAT"):
            return
        step.start()
        step.state = "RUNNING"
        number = f"{int(cluster.creation_datetime.timestamp())}_{cluster.steps.index(step) + 1:04}"
        try:
            if step.jar != "command-runner.jar" or step.args[0] != "hadoop-streaming":
                raise ValueError(f"only hadoop-streaming is executed here, not {step.jar} {' '.join(step.args)}")
            job = StreamingJob(step.args[1:], self.filesystem)
            job.run()
            state, logs = "COMPLETED", of_completed(step.id, number, job.counters)
        except TaskFailed as error:
            state, logs = "FAILED", of_failed_task(step.id, number, error)
        except Exception:  # whatever it is: mrjob would wait for ever for a step that never ends
            state, logs = "FAILED", {f"steps/{step.id}/stderr": traceback.format_exc()}
        for path, text in logs.items():
            self.filesystem.write(f"{cluster.log_uri}{cluster.id}/{path}.gz", gzip.compress(text.encode()))
        self.finish(cluster, step, state)

    def finish(self, cluster: Cluster, step: Step, state: str) -> None:
        pending = [other for other in cluster.steps if other.state == "PENDING"]
        if state == "FAILED" and step.action_on_failure != "CONTINUE":
            for other in pending:
                other.state = "CANCELLED"
            pending = []
        if not pending:
            # The cluster first: mrjob reads a finished step's logs at once if the cluster has terminated.
            if cluster.auto_terminate or (state == "FAILED" and step.action_on_failure.startswith("TERMINATE")):
                cluster.terminate()
            else:
                cluster.state = "WAITING"
        step.state = state
