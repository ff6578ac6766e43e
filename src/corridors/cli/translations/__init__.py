"""What the terminal says, as tables from English to Russian and Kazakh; :mod:`corridors.cli.words` looks texts up."""
