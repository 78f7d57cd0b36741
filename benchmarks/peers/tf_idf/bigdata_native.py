"""Run jobs.tf_idf with the number of the documents, which it asks for."""

import os
import sys

from jobs.tf_idf import TfIdf

if __name__ == "__main__":
    sys.argv += ["--documents", str(len(os.listdir(sys.argv[1])))]
    TfIdf.run()
