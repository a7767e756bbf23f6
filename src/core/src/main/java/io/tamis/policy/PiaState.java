package io.tamis.policy;

/** Whether an impact assessment covers the purpose on the day; expired or for another purpose is NONE (PIPL 55). */
public enum PiaState {
    NONE,
    APPROVED
}
