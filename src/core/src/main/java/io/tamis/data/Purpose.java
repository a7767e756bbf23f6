package io.tamis.data;

/** What personal data may be processed for; consent and impact assessments name these (PIPL articles 6 and 14). */
public enum Purpose {
    AD_MEASUREMENT,
    AUDIENCE_INSIGHT,
    CLV_MODELLING,
    ATTRIBUTION,
    ID_MATCHING,
    FRAUD_CONTROL,
    AUTOMATED_MARKETING,
    COMPLIANCE_REVIEW,
    SUBJECT_RIGHTS
}
