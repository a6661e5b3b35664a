"""How accepted items become the campaign: values, units, objects. No permissions here."""
