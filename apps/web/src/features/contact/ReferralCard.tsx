import type { Contact } from "@firstline/contracts";
import { IconAd, IconLink, IconShoppingBag } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { fullTime, nearTime } from "../../lib/time.ts";
import classes from "./contact.module.css";
import { Fact } from "./Fact.tsx";
import { cameBy } from "./referral.ts";

/** Through what the customer came: the ad, link or product, with everything Meta told of it. */
export function ReferralCard({ referral }: { referral: NonNullable<Contact["referral"]> }) {
  const { t, i18n } = useTranslation("contact");
  const now = useNow(60_000);
  const { adId, adTitle, ref, productId, at, type } = referral;
  const by = cameBy(referral);
  const Icon = by === "ad" ? IconAd : by === "shop" ? IconShoppingBag : IconLink;
  return (
    <section className={classes.card} data-testid="referral" data-by={by}>
      <h3>
        <Icon size={15} stroke={1.8} aria-hidden />
        {t("cameFrom")}
        {at ? (
          <time dateTime={at} title={fullTime(at, i18n.language)}>
            {nearTime(at, now, i18n.language)}
          </time>
        ) : null}
      </h3>
      <p>{adTitle ? t("referral.adTitle", { title: adTitle }) : t(`referral.${by}`)}</p>
      <dl className={classes.facts}>
        {adId ? (
          <Fact term={t("adId")}>
            <code>{adId}</code>
          </Fact>
        ) : null}
        {ref ? (
          <Fact term={t("ref")}>
            <code>{ref}</code>
          </Fact>
        ) : null}
        {productId ? (
          <Fact term={t("product")}>
            <code>{productId}</code>
          </Fact>
        ) : null}
        {type?.startsWith("LEAD_") ? (
          <Fact term={t("lead")}>{t(type === "LEAD_COMPLETE" ? "leadComplete" : "leadIncomplete")}</Fact>
        ) : null}
      </dl>
    </section>
  );
}
