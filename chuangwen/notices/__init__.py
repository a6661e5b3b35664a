"""What people are told: notices on their page and by e-mail, through an outbox."""
