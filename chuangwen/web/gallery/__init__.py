"""All building blocks on one page, for whoever builds or checks pages."""
