package io.tamis.cli.tags;

import io.tamis.cli.client.ClientException;
import io.tamis.data.DatasetId;

/** Which version tags are of. */
public record TagTarget(DatasetId dataset, int version) {
    public TagTarget {
        if (version < 1) {
            throw ClientException.usage("--version must be 1 or more");
        }
    }

    /** Where the service has them. */
    String path() {
        return "/v1/tags/" + dataset + "/" + version;
    }
}
