"""The register of 测评点位: facts only, no result of any assessment."""
