package io.tamis.data;

/** A role the access rules speak of. {@link #SYSTEM_JOB} is the server's own work; no token carries it. */
public enum PolicyRole {
    MERCHANT,
    PLATFORM_ANALYST,
    COMPLIANCE_OFFICER,
    DATA_SUBJECT,
    KEY_HOLDER,
    POLICY_AUTHOR,
    SYSTEM_JOB
}
