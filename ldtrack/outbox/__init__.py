"""What has to be done after a commit: messages to deliver and jobs to run, as rows first."""
