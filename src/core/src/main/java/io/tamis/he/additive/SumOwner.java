package io.tamis.he.additive;

import io.tamis.he.HeException;

/** Who has the secret key and opens finished sums. Prints nothing. */
public sealed interface SumOwner extends AutoCloseable permits BfvOwner, PaillierOwner {
    /** What senders encrypt with. */
    AggregationScheme scheme();

    /**
     * The noised sums of all slots. Refused when noise is missing, and ({@link HeException.Fault#REJECTED}) under another
     * key or when a slot comes out beyond its greatest sum and the greatest noise: then somebody did not keep to the rules.
     */
    long[] open(EncryptedSum finished);

    /** Ends the secret; zeroes it where the scheme's numbers can be. */
    @Override
    void close();
}
