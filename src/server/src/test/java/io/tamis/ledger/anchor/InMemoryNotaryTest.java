package io.tamis.ledger.anchor;

import io.tamis.log.Origin;

class InMemoryNotaryTest extends NotaryContract {
    private final InMemoryNotary notary = new InMemoryNotary("0x" + "ab".repeat(20), CONFIRMATIONS);

    @Override
    protected Notary notary() {
        return notary;
    }

    @Override
    protected void mine(int blocks) {
        notary.mine(blocks);
    }

    @Override
    protected void createLog(Origin origin) {
        notary.createLog(origin);
        notary.mine(CONFIRMATIONS);
    }
}
