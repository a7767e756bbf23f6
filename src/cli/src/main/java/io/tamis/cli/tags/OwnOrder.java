package io.tamis.cli.tags;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JsonView;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/** The order of a version's persons as the server knows it: its hash, and the key by which the owner comes to the same. */
record OwnOrder(SecretBytes key, Hash hash, int persons) implements AutoCloseable {
    OwnOrder {
        Objects.requireNonNull(hash);
    }

    /** The order of this version of the caller's own dataset; the caller closes it. */
    static OwnOrder of(ApiClient client, TagTarget target) {
        JsonView shown = client.get(target.path() + "/order").orRefused().view();
        try {
            byte[] key = Base64.getDecoder().decode(shown.at("orderKey").text());
            try {
                return new OwnOrder(
                        SecretBytes.copyOf(key),
                        Hash.parse(shown.at("orderHash").text()),
                        Math.toIntExact(shown.at("persons").integerOrZero()));
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        } catch (DataException | ArithmeticException | IllegalArgumentException strange) {
            throw new ClientException(
                    Code.INTERNAL, ExitCode.INTERNAL, "the service tells the order in a way unknown here", strange);
        }
    }

    @Override
    public void close() {
        key.close();
    }
}
